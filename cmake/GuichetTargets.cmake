# Targets of Guichet: rooms (static libraries with their own view of the headers), programs
# and unit tests.
find_package(PkgConfig REQUIRED)

# What every target is compiled with. Warnings become errors in the presets only
# (CMAKE_COMPILE_WARNING_AS_ERROR), never for packagers.
add_library(guichet_warnings INTERFACE)
target_compile_definitions(guichet_warnings INTERFACE _POSIX_C_SOURCE=200809L)
target_compile_options(guichet_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wundef -Wvla
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wwrite-strings
    -Wcast-qual -Wcast-align -Wpointer-arith -Wswitch-enum -Wimplicit-fallthrough
    -Wnull-dereference -Wdouble-promotion
    $<$<C_COMPILER_ID:GNU>:-Walloca -Wlogical-op -Wduplicated-cond -Wduplicated-branches>)
if(GUICHET_SANITIZE)
    target_compile_options(guichet_warnings INTERFACE
        -fsanitize=${GUICHET_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(guichet_warnings INTERFACE -fsanitize=${GUICHET_SANITIZE})
endif()

# guichet_add_folder(NAME): adds a folder when it has a CMakeLists.txt.
function(guichet_add_folder name)
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/CMakeLists.txt)
        add_subdirectory(${name})
    endif()
endfunction()

# guichet_room(NAME SOURCES a.c ... LINKS room_core PkgConfig::X ...)
# One folder as the static library room_NAME. Its headers are written "NAME/file.h" and are
# seen only by targets that link room_NAME: the include path is a folder that holds nothing
# but a link to this one.
function(guichet_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    set(view ${CMAKE_BINARY_DIR}/rooms/${name})
    file(MAKE_DIRECTORY ${view})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${view}/${name} SYMBOLIC)
    add_library(room_${name} STATIC ${ROOM_SOURCES})
    target_include_directories(room_${name} PUBLIC ${view})
    target_link_libraries(room_${name} PUBLIC ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE_LINKS} guichet_warnings)
endfunction()

# guichet_program(NAME SOURCES main.c ... LINKS room_x ...): one installed program.
function(guichet_program name)
    cmake_parse_arguments(PROGRAM "" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${PROGRAM_SOURCES})
    target_link_libraries(${name} PRIVATE ${PROGRAM_LINKS} guichet_warnings)
    install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# guichet_unit_test(MODULE LINKS room_x ...): the cmocka program MODULE_test from
# MODULE_test.c in the calling folder, run by ctest with the label `unit`.
function(guichet_unit_test module)
    cmake_parse_arguments(TEST "" "" "LINKS;SOURCES" ${ARGN})
    pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET GLOBAL cmocka)
    add_executable(${module}_test ${module}_test.c ${TEST_SOURCES})
    target_link_libraries(${module}_test PRIVATE ${TEST_LINKS} PkgConfig::CMOCKA guichet_warnings)
    target_compile_definitions(${module}_test PRIVATE GUICHET_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        GUICHET_BINARY_DIR="${CMAKE_BINARY_DIR}")
    add_test(NAME ${module} COMMAND ${module}_test)
    set_tests_properties(${module} PROPERTIES LABELS unit TIMEOUT 120)
endfunction()

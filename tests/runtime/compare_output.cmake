# Fails when what program PRINT writes is not the content of DOCUMENT.
execute_process(COMMAND ${PRINT} OUTPUT_FILE printed.txt RESULT_VARIABLE failed)
execute_process(COMMAND diff -u ${DOCUMENT} printed.txt RESULT_VARIABLE differs)
if(failed OR differs)
    message(FATAL_ERROR "${DOCUMENT} is not what ${PRINT} prints; print it anew")
endif()

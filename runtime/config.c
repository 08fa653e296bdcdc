/* Reads a configuration file by its table; see config.h.
 *
 * inih splits the text into sections, keys and values. What it would pass over in silence
 * (a line that is neither, a section without its bracket, a line too long) is found by
 * the reader that hands it the lines. Strings live in one arena of the file's size. */
#include "runtime/config.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"

/* inih keeps this many bytes of a section's name, and of a line. */
#define SECTION_NAME_MAX 49
#define LINE_MAX_BYTES   (INI_MAX_LINE - 3)

#define SPACES " \t\r\n\v\f"

struct entry {
    const char *name;
    const char *value;
    uint32_t line;
};

struct file_section {
    const char *name; /* "service a" */
    const char *id;   /* "a"; empty for a section without id */
    const struct config_section *schema;
    uint32_t line;
    size_t first_entry;
    size_t entry_count;
};

struct parser {
    const struct config_schema *schema;
    const char *file;
    struct config_errors *errors;
    void *root;
    /* The text that is being handed to inih. */
    const char *bytes;
    size_t length;
    size_t position;
    uint32_t line;
    bool skips_line;    /* the line is reported and is not to be used */
    bool skips_section; /* keys until the next section are not to be used */
    bool had_section;
    /* What was found. */
    char *arena;
    size_t arena_used;
    size_t arena_size;
    struct entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    struct file_section *sections;
    size_t section_count;
    struct file_section *current; /* NULL while skipping */
};

struct config_scope {
    const struct parser *parser;
    const struct file_section *section;
};

/* Reports at the line that is being read. */
static void report_line(struct parser *parser, const char *sentence)
{
    struct config_place place = {.file = parser->file, .line = parser->line};
    config_errors_add(parser->errors, CONFIG_ERROR, &place, "%s", sentence);
}

/* Whether the trimmed line "[…" is a section as inih will read it. */
static bool section_line_is_sound(struct parser *parser, const char *start, size_t length)
{
    const char *end = memchr(start, ']', length);
    if (!end) {
        report_line(parser, "the section's ']' is missing");
        return false;
    }
    if (end + 1 != start + length) {
        report_line(parser, "nothing may follow the section's ']'");
        return false;
    }
    if (length > SECTION_NAME_MAX + 2) {
        report_line(parser, "the section's name is too long");
        return false;
    }
    return true;
}

/* Look at one line before inih does; `length` is without the newline. */
static void check_line(struct parser *parser, const char *start, size_t length)
{
    parser->skips_line = false;
    if (length > LINE_MAX_BYTES) {
        report_line(parser, "the line is longer than 4,093 bytes");
        parser->skips_line = true;
        return;
    }
    if (parser->line == 1 && length >= 3 && memcmp(start, "\xEF\xBB\xBF", 3) == 0) {
        start += 3;
        length -= 3;
    }
    while (length > 0 && strchr(SPACES, start[0])) {
        start++;
        length--;
    }
    while (length > 0 && strchr(SPACES, start[length - 1])) {
        length--;
    }
    if (length == 0 || start[0] == ';' || start[0] == '#') {
        return;
    }
    if (start[0] == '[') {
        parser->skips_section = !section_line_is_sound(parser, start, length);
        parser->skips_line = parser->skips_section;
        parser->had_section = true;
        return;
    }
    bool has_separator = memchr(start, '=', length) || memchr(start, ':', length);
    if (!has_separator || start[0] == '=' || start[0] == ':') {
        report_line(parser, "neither a [section] nor 'key = value'");
        parser->skips_line = true;
    } else if (!parser->had_section) {
        report_line(parser, "a key stands before the first [section]");
        parser->skips_line = true;
    }
}

/* Hands inih the next line, like fgets(). A line too long comes in pieces; only its first
 * one has the whole buffer. */
static char *read_line(char *buffer, int size, void *stream)
{
    struct parser *parser = stream;
    size_t left = parser->length - parser->position;
    if (left == 0 || size < 2) {
        return NULL;
    }
    const char *start = parser->bytes + parser->position;
    const char *newline = memchr(start, '\n', left);
    size_t whole = newline ? (size_t)(newline - start) + 1 : left;
    if (size == INI_MAX_LINE) {
        parser->line++;
        check_line(parser, start, newline ? whole - 1 : whole);
    }
    size_t taken = whole < (size_t)size - 1 ? whole : (size_t)size - 1;
    memcpy(buffer, start, taken);
    buffer[taken] = '\0';
    parser->position += taken;
    return buffer;
}

/* A copy of `string` that lives as long as the parser. */
static const char *keep(struct parser *parser, const char *string)
{
    size_t bytes = strlen(string) + 1;
    assert(parser->arena_used + bytes <= parser->arena_size);
    char *copy = memcpy(parser->arena + parser->arena_used, string, bytes);
    parser->arena_used += bytes;
    return copy;
}

static void report_section(struct parser *parser, uint32_t line, const char *section,
                           const char *sentence)
{
    struct config_place place = {parser->file, line, section, NULL};
    config_errors_add(parser->errors, CONFIG_ERROR, &place, "%s", sentence);
}

static const struct config_section *
find_schema_section(const struct config_schema *schema, const char *name, size_t length)
{
    for (size_t i = 0; i < schema->section_count; i++) {
        const char *known = schema->sections[i].name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            return &schema->sections[i];
        }
    }
    return NULL;
}

/* Takes "kind id" apart, checks it, and makes it the current section. */
static void begin_section(struct parser *parser, const char *full_name)
{
    parser->current = NULL;
    const char *rest = full_name;
    const char *kind = "";
    const char *id = "";
    size_t kind_length = 0;
    size_t id_length = 0;
    (void)config_next_word(&rest, SPACES, &kind, &kind_length); /* empty: unknown below */
    (void)config_next_word(&rest, SPACES, &id, &id_length);     /* empty: no id */
    const struct config_section *schema =
        find_schema_section(parser->schema, kind, kind_length);
    if (!schema) {
        report_section(parser, parser->line, full_name, "there is no such section");
        return;
    }
    char name[SECTION_NAME_MAX + 2];
    struct text text;
    text_init(&text, name, sizeof(name));
    text_add(&text, "%s%s%.*s", schema->name, id_length > 0 ? " " : "", (int)id_length,
             id);
    if (schema->id_help && id_length == 0) {
        report_section(parser, parser->line, name,
                       "the id after the section's name is "
                       "missing");
        return;
    }
    if ((!schema->id_help && id_length > 0) || rest[strspn(rest, SPACES)] != '\0') {
        report_section(parser, parser->line, full_name,
                       "too many words in the section's name");
        return;
    }
    for (size_t i = 0; i < parser->section_count; i++) {
        if (strcmp(parser->sections[i].name, name) == 0) {
            struct config_place place = {parser->file, parser->line, name, NULL};
            config_errors_add(parser->errors, CONFIG_ERROR, &place,
                              "the section is already in line %u",
                              (unsigned)parser->sections[i].line);
            return;
        }
    }
    const char *kept = keep(parser, name);
    parser->current = &parser->sections[parser->section_count];
    parser->section_count++;
    *parser->current = (struct file_section){
        .name = kept,
        .id = id_length > 0 ? kept + strlen(schema->name) + 1 : "",
        .schema = schema,
        .line = parser->line,
        .first_entry = parser->entry_count,
    };
}

/* Whether the key of the table stands for `name`; `*ret_suffix` is what is at its '*'. */
static bool key_matches(const struct config_key *key, const char *name,
                        const char **ret_suffix)
{
    size_t length = strlen(key->name);
    assert(length > 0);
    if (key->name[length - 1] == '*') {
        *ret_suffix = name + length - 1;
        return strncmp(key->name, name, length - 1) == 0 && name[length - 1] != '\0';
    }
    *ret_suffix = "";
    return strcmp(key->name, name) == 0;
}

static bool schema_has_key(const struct config_schema *schema, const char *section,
                           const char *name)
{
    const char *suffix = "";
    for (size_t i = 0; i < schema->key_count; i++) {
        if (strcmp(schema->keys[i].section, section) == 0 &&
            key_matches(&schema->keys[i], name, &suffix)) {
            return true;
        }
    }
    return false;
}

static const struct entry *find_entry(const struct parser *parser,
                                      const struct file_section *section,
                                      const char *name)
{
    for (size_t i = 0; i < section->entry_count; i++) {
        const struct entry *entry = &parser->entries[section->first_entry + i];
        if (strcmp(entry->name, name) == 0) {
            return entry;
        }
    }
    return NULL;
}

static void add_entry(struct parser *parser, const char *name, const char *value)
{
    struct file_section *section = parser->current;
    struct config_place place = {parser->file, parser->line, section->name, name};
    if (!schema_has_key(parser->schema, section->schema->name, name)) {
        config_errors_add(parser->errors, CONFIG_ERROR, &place, "there is no such key");
        return;
    }
    const struct entry *same = find_entry(parser, section, name);
    if (same) {
        config_errors_add(parser->errors, CONFIG_ERROR, &place,
                          "the key is already in line %u", (unsigned)same->line);
        return;
    }
    assert(parser->entry_count < parser->entry_capacity);
    parser->entries[parser->entry_count] =
        (struct entry){keep(parser, name), keep(parser, value), parser->line};
    parser->entry_count++;
    section->entry_count++;
}

static int handle_line(void *user, const char *section, const char *name,
                       const char *value, int line)
{
    struct parser *parser = user;
    assert(parser->line == (uint32_t)line);
    if (parser->skips_line || parser->skips_section) {
        return 1;
    }
    if (!name) {
        begin_section(parser, section);
    } else if (parser->current) {
        add_entry(parser, name, value);
    }
    return 1;
}

/* Stores one value; `object` is what the key's offset belongs to. */
static bool store_value(const struct config_scope *scope, const struct config_key *key,
                        const struct entry *entry, const char *suffix, void *object)
{
    struct error err = {.status = OK};
    struct config_value value = {
        .key = key,
        .suffix = suffix,
        .text = entry ? entry->value : key->default_text,
        .root = scope->parser->root,
    };
    if (key->type->parse(&value, (char *)object + key->offset, &err) == OK) {
        return true;
    }
    config_scope_add(scope, CONFIG_ERROR, entry ? entry->name : key->name, "%s",
                     err.text);
    return false;
}

/* Stores every value that a key with '*' has in the section. */
static bool store_pattern(const struct config_scope *scope, const struct config_key *key,
                          void *object)
{
    bool is_sound = true;
    const struct file_section *section = scope->section;
    for (size_t i = 0; i < section->entry_count; i++) {
        const struct entry *entry = &scope->parser->entries[section->first_entry + i];
        const char *suffix = "";
        if (key_matches(key, entry->name, &suffix)) {
            is_sound = store_value(scope, key, entry, suffix, object) && is_sound;
        }
    }
    return is_sound;
}

/* Stores the values of one section of the file, with defaults for what it leaves out. */
static void store_section(struct parser *parser, const struct file_section *section)
{
    const struct config_schema *schema = parser->schema;
    struct config_scope scope = {parser, section};
    void *object = parser->root;
    if (section->schema->add) {
        struct error err = {.status = OK};
        object = section->schema->add(parser->root, section->id, &err);
        if (!object) {
            config_scope_add(&scope, CONFIG_ERROR, NULL, "%s", err.text);
            return;
        }
    }
    bool is_sound = true;
    for (size_t i = 0; i < schema->key_count; i++) {
        const struct config_key *key = &schema->keys[i];
        if (strcmp(key->section, section->schema->name) != 0) {
            continue;
        }
        if (key->name[strlen(key->name) - 1] == '*') {
            is_sound = store_pattern(&scope, key, object) && is_sound;
            continue;
        }
        const struct entry *entry = find_entry(parser, section, key->name);
        if (!entry && !key->default_text) {
            config_scope_add(&scope, CONFIG_ERROR, key->name, "the key is missing");
            is_sound = false;
        } else {
            is_sound = store_value(&scope, key, entry, "", object) && is_sound;
        }
    }
    if (is_sound && section->schema->finish) {
        section->schema->finish(&scope, parser->root, object);
    }
}

static void store_all(struct parser *parser)
{
    for (size_t i = 0; i < parser->schema->section_count; i++) {
        const struct config_section *schema = &parser->schema->sections[i];
        bool is_there = false;
        for (size_t j = 0; j < parser->section_count; j++) {
            if (parser->sections[j].schema == schema) {
                is_there = true;
                store_section(parser, &parser->sections[j]);
            }
        }
        if (!is_there && schema->is_required) {
            report_section(parser, 0, schema->name, "the section is missing");
        } else if (!is_there && !schema->id_help) {
            struct file_section absent = {
                .name = schema->name, .id = "", .schema = schema};
            store_section(parser, &absent);
        }
    }
}

/* Room for what a text of this length can hold: every line may be an entry or a section.
 */
static bool parser_allocate(struct parser *parser)
{
    size_t lines = 1;
    for (size_t i = 0; i < parser->length; i++) {
        lines += parser->bytes[i] == '\n';
    }
    parser->arena_size = 2 * parser->length + 2 * lines;
    parser->arena = malloc(parser->arena_size);
    parser->entry_capacity = lines;
    parser->entries = calloc(lines, sizeof(*parser->entries));
    parser->sections = calloc(lines, sizeof(*parser->sections));
    return parser->arena && parser->entries && parser->sections;
}

enum status config_parse(const struct config_schema *schema, const char *name,
                         const char *bytes, size_t length, void *root,
                         struct config_errors *errors)
{
    assert(schema && name && bytes && root && errors);
    struct parser parser = {.schema = schema,
                            .file = name,
                            .errors = errors,
                            .root = root,
                            .bytes = bytes,
                            .length = length};
    struct config_place place = {.file = name};
    uint32_t before = config_errors_count(errors);
    if (length > CONFIG_FILE_BYTES_MAX) {
        config_errors_add(errors, CONFIG_ERROR, &place,
                          "the file is larger than %d bytes", CONFIG_FILE_BYTES_MAX);
    } else if (memchr(bytes, '\0', length)) {
        config_errors_add(errors, CONFIG_ERROR, &place, "the file is not text");
    } else if (!parser_allocate(&parser)) {
        config_errors_add(errors, CONFIG_ERROR, &place, "there is no memory to read it");
    } else {
        /* Its result is the first bad line; read_line() has reported every one. */
        (void)ini_parse_stream(read_line, &parser, handle_line, &parser);
        store_all(&parser);
    }
    free(parser.arena);
    free(parser.entries);
    free(parser.sections);
    return config_errors_count(errors) == before ? OK : ERR_INVALID;
}

/* Reads at most `capacity` bytes; false with errno set on failure. */
static bool read_all(int fd, char *buffer, size_t capacity, size_t *ret_length)
{
    size_t length = 0;
    while (length < capacity) {
        ssize_t got = read(fd, buffer + length, capacity - length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return false;
        }
        if (got == 0) {
            break;
        }
        length += (size_t)got;
    }
    *ret_length = length;
    return true;
}

enum status config_load(const struct config_schema *schema, const char *path, void *root,
                        struct config_errors *errors)
{
    assert(schema && path && root && errors);
    size_t capacity = (size_t)CONFIG_FILE_BYTES_MAX + 1;
    size_t length = 0;
    enum status status = ERR_INVALID;
    char *buffer = malloc(capacity);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || !buffer || !read_all(fd, buffer, capacity, &length)) {
        struct config_place place = {.file = path};
        config_errors_add(errors, CONFIG_ERROR, &place, "cannot read it: %s",
                          strerror(errno));
    } else {
        status = config_parse(schema, path, buffer, length, root, errors);
    }
    if (fd >= 0) {
        (void)close(fd); /* only read */
    }
    free(buffer);
    return status;
}

bool config_scope_has(const struct config_scope *scope, const char *name)
{
    return find_entry(scope->parser, scope->section, name);
}

uint32_t config_scope_line(const struct config_scope *scope, const char *name)
{
    const struct entry *entry =
        name ? find_entry(scope->parser, scope->section, name) : NULL;
    return entry ? entry->line : scope->section->line;
}

void config_scope_add(const struct config_scope *scope, enum config_severity severity,
                      const char *name, const char *format, ...)
{
    struct config_place place = {
        .file = scope->parser->file,
        .line = config_scope_line(scope, name),
        .section = scope->section->name,
        .key = name,
    };
    char sentence[ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(sentence, sizeof(sentence), format, args); /* cut is what we want */
    va_end(args);
    config_errors_add(scope->parser->errors, severity, &place, "%s", sentence);
}

/* Reads gettext's compiled catalogues; see catalogue.h.
 *
 * A .mo file is a header, two tables of (length, offset) pairs, originals and
 * translations, and the strings, each followed by a NUL. Originals are sorted. An
 * original with a context is "context\4source"; one with a plural is "one\0many", its
 * translation all forms with NULs between. The translation of "" is a text of headers,
 * among them Plural-Forms. Nothing of the file is trusted: catalogue_check() sees every
 * offset once, at loading. */
#include "runtime/catalogue.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "runtime/plural.h"

#define MO_MAGIC        0x950412deU
#define MO_HEADER_BYTES 28
#define MO_BYTES_MAX    (1024L * 1024L)

/* Between a context and its source. */
#define CONTEXT_END "\4"

struct mo_file {
    uint8_t *bytes; /* NULL: there is none */
    size_t length;
    uint32_t count;
    uint32_t originals; /* offsets of the tables */
    uint32_t translations;
    struct plural plural;
};

struct catalogue {
    size_t domain_count;
    struct mo_file files[LANGUAGE_COUNT][CATALOGUE_DOMAINS_MAX];
};

/* msgfmt writes in the byte order of the machine it runs on, which is ours. */
static uint32_t word_at(const struct mo_file *file, size_t offset)
{
    uint32_t word = 0;
    memcpy(&word, file->bytes + offset, sizeof(word));
    return word;
}

/* String `index` of a table; checked at loading. */
static const char *string_at(const struct mo_file *file, uint32_t table, uint32_t index,
                             uint32_t *ret_length)
{
    size_t entry = table + (size_t)index * 8;
    *ret_length = word_at(file, entry);
    return (const char *)file->bytes + word_at(file, entry + 4);
}

/* Whether every string of the table lies inside the file and ends with a NUL. */
static bool table_is_sound(const struct mo_file *file, uint32_t table)
{
    if (table > file->length || file->count > (file->length - table) / 8) {
        return false;
    }
    for (uint32_t i = 0; i < file->count; i++) {
        size_t entry = table + (size_t)i * 8;
        size_t length = word_at(file, entry);
        size_t offset = word_at(file, entry + 4);
        if (length >= file->length || offset >= file->length - length ||
            file->bytes[offset + length] != '\0') {
            return false;
        }
    }
    return true;
}

/* Index of the original that begins with `key` up to its first NUL, or `count`. */
static uint32_t find_original(const struct mo_file *file, const char *key)
{
    uint32_t low = 0;
    uint32_t high = file->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t length = 0;
        int order = strcmp(string_at(file, file->originals, middle, &length), key);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return file->count;
}

/* Reads the rule of plurals from the headers; without one there is a single form. */
static bool read_plural(struct mo_file *file)
{
    uint32_t index = find_original(file, "");
    uint32_t length = 0;
    const char *headers =
        index < file->count ? string_at(file, file->translations, index, &length) : "";
    const char *rule = strstr(headers, "Plural-Forms:");
    return plural_parse(rule ? rule + strlen("Plural-Forms:") : NULL, &file->plural);
}

static bool catalogue_check(struct mo_file *file)
{
    if (file->length < MO_HEADER_BYTES || word_at(file, 0) != MO_MAGIC ||
        word_at(file, 4) >> 16 != 0) {
        return false;
    }
    file->count = word_at(file, 8);
    file->originals = word_at(file, 12);
    file->translations = word_at(file, 16);
    return table_is_sound(file, file->originals) &&
           table_is_sound(file, file->translations) && read_plural(file);
}

static enum status load_file(const char *path, struct mo_file *ret_file,
                             struct error *err)
{
    FILE *stream = fopen(path, "re");
    if (!stream) {
        return error_set(err, ERR_NOT_FOUND, "cannot open catalogue '%s': %s", path,
                         strerror(errno));
    }
    struct mo_file file = {.bytes = NULL};
    file.bytes = malloc(MO_BYTES_MAX);
    if (file.bytes) {
        file.length = fread(file.bytes, 1, MO_BYTES_MAX, stream);
    }
    bool is_read = file.bytes && !ferror(stream) && file.length < MO_BYTES_MAX;
    (void)fclose(stream); /* only read */
    if (!is_read || !catalogue_check(&file)) {
        free(file.bytes);
        return error_set(err, ERR_CORRUPT, "'%s' is no compiled catalogue", path);
    }
    uint8_t *smaller = realloc(file.bytes, file.length);
    file.bytes = smaller ? smaller : file.bytes;
    *ret_file = file;
    return OK;
}

enum status catalogue_load(const char *folder, const char *const domains[], size_t count,
                           struct catalogue **ret_catalogue, struct error *err)
{
    assert(folder && domains && count <= CATALOGUE_DOMAINS_MAX && ret_catalogue);
    struct catalogue *catalogue = calloc(1, sizeof(*catalogue));
    if (!catalogue) {
        return error_set(err, ERR_IO, "there is no memory for catalogues");
    }
    catalogue->domain_count = count;
    for (uint32_t i = 0; i < LANGUAGE_COUNT * count; i++) {
        enum language language = (enum language)(i / count);
        size_t domain = i % count;
        if (language == LANGUAGE_EN) {
            continue; /* sources are English */
        }
        char path[1024];
        struct text text;
        text_init(&text, path, sizeof(path));
        text_add(&text, "%s/%s.%s.mo", folder, domains[domain], language_tag(language));
        enum status status =
            text.is_cut ? error_set(err, ERR_LIMIT, "the path '%s' is too long", path)
                        : load_file(path, &catalogue->files[language][domain], err);
        if (status != OK) {
            catalogue_destroy(catalogue);
            return status;
        }
    }
    *ret_catalogue = catalogue;
    return OK;
}

void catalogue_destroy(struct catalogue *catalogue)
{
    if (!catalogue) {
        return;
    }
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        for (size_t j = 0; j < catalogue->domain_count; j++) {
            free(catalogue->files[i][j].bytes);
        }
    }
    free(catalogue);
}

void catalogue_folder(const char *folder_of_assets, char *ret_folder, size_t capacity)
{
    struct text text;
    text_init(&text, ret_folder, capacity);
    bool is_installed = access(GUICHET_INSTALLED_ASSETS "/catalogue", R_OK) == 0;
    const char *assets = folder_of_assets[0] != '\0' ? folder_of_assets
                         : is_installed              ? GUICHET_INSTALLED_ASSETS
                                                     : GUICHET_BUILT_ASSETS;
    text_add(&text, "%s/catalogue", assets);
}

/* The translation of the key as all its forms, and the file it is from; NULL where there
 * is none. */
static const char *find_translation(const struct catalogue *catalogue,
                                    enum language language, const char *key,
                                    const struct mo_file **ret_file, uint32_t *ret_length)
{
    assert(language < LANGUAGE_COUNT);
    for (size_t i = 0; catalogue && i < catalogue->domain_count; i++) {
        const struct mo_file *file = &catalogue->files[language][i];
        uint32_t index = file->bytes ? find_original(file, key) : 0;
        if (file->bytes && index < file->count) {
            const char *forms = string_at(file, file->translations, index, ret_length);
            *ret_file = file;
            return forms;
        }
    }
    return NULL;
}

const char *catalogue_text(const struct catalogue *catalogue, enum language language,
                           const char *source)
{
    const struct mo_file *file = NULL;
    uint32_t length = 0;
    const char *found =
        source[0] != '\0' ? find_translation(catalogue, language, source, &file, &length)
                          : NULL; /* the translation of "" is the file's header */
    return found ? found : source;
}

const char *catalogue_context(const struct catalogue *catalogue, enum language language,
                              const char *context, const char *source)
{
    char key[512];
    struct text text;
    text_init(&text, key, sizeof(key));
    text_add(&text, "%s%s%s", context, CONTEXT_END, source);
    assert(!text.is_cut);
    const struct mo_file *file = NULL;
    uint32_t length = 0;
    const char *found = find_translation(catalogue, language, key, &file, &length);
    return found ? found : source;
}

const char *catalogue_plural(const struct catalogue *catalogue, enum language language,
                             const char *one, const char *many, uint32_t count)
{
    const struct mo_file *file = NULL;
    uint32_t length = 0;
    const char *form = find_translation(catalogue, language, one, &file, &length);
    if (!form) {
        return count == 1 ? one : many;
    }
    const char *end = form + length;
    uint32_t wanted = plural_form(&file->plural, count);
    for (uint32_t i = 0; i < wanted; i++) {
        const char *next = form + strlen(form) + 1;
        if (next > end) {
            break; /* a form is missing: the last one there is says it best */
        }
        form = next;
    }
    return form;
}

bool catalogue_fill(const char *pattern, const struct catalogue_part *parts, size_t count,
                    char *ret_text, size_t capacity)
{
    struct text text;
    text_init(&text, ret_text, capacity);
    while (*pattern != '\0') {
        size_t plain = strcspn(pattern, "{");
        text_add(&text, "%.*s", (int)plain, pattern);
        pattern += plain;
        size_t length = strcspn(pattern, "}");
        const char *found = NULL;
        for (size_t i = 0; i < count && pattern[length] == '}' && !found; i++) {
            bool is_same = strlen(parts[i].name) == length - 1 &&
                           memcmp(parts[i].name, pattern + 1, length - 1) == 0;
            found = is_same ? parts[i].text : NULL;
        }
        if (found) {
            text_add_string(&text, found);
            pattern += length + 1;
        } else if (*pattern == '{') {
            text_add_string(&text, "{");
            pattern++;
        }
    }
    return !text.is_cut;
}

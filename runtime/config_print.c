/* Says every key of a configuration for people; see config.h. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "core/text.h"
#include "runtime/config.h"

#define KIND_BYTES 400

/* "minutes, 0 to 1440", "one of: real, scaled, stepped". */
static void describe_type(const struct config_key *key, char ret_kind[KIND_BYTES])
{
    struct text text;
    text_init(&text, ret_kind, KIND_BYTES);
    bool is_number = key->type == &config_number || key->type == &config_minutes;
    bool is_text = key->type == &config_text || key->type == &config_path;
    if (key->type == &config_choice) {
        text_add_string(&text, "one of:");
        for (size_t i = 0; key->choices[i]; i++) {
            text_add(&text, "%s %s", i > 0 ? "," : "", key->choices[i]);
        }
    } else if (is_number) {
        text_add(&text, "%s, %" PRId64 " to %" PRId64, key->type->name, key->min,
                 key->max);
    } else if (is_text) {
        text_add(&text, "%s of at most %zu bytes", key->type->name, key->size - 1);
    } else {
        text_add_string(&text, key->type->name);
    }
}

/* The last byte of a key's name that stands for several keys. */
static bool is_pattern(const struct config_key *key)
{
    return key->name[strlen(key->name) - 1] == '*';
}

static void print_ini_key(const struct config_key *key, FILE *out)
{
    char kind[KIND_BYTES];
    describe_type(key, kind);
    (void)fprintf(out, "\n# %s\n# %s", key->help, kind);
    if (is_pattern(key)) {
        (void)fprintf(out, "; any number of them\n# %s =\n", key->name);
    } else if (!key->default_text) {
        (void)fprintf(out, "; required\n%s =\n", key->name);
    } else {
        (void)fprintf(out, "\n%s =%s%s\n", key->name,
                      key->default_text[0] != '\0' ? " " : "", key->default_text);
    }
}

static void print_markdown_key(const struct config_key *key, FILE *out)
{
    char kind[KIND_BYTES];
    describe_type(key, kind);
    (void)fprintf(out, "| `%s` | %s | ", key->name, kind);
    if (is_pattern(key)) {
        (void)fprintf(out, "any number");
    } else if (!key->default_text) {
        (void)fprintf(out, "**required**");
    } else if (key->default_text[0] == '\0') {
        (void)fprintf(out, "empty");
    } else {
        (void)fprintf(out, "`%s`", key->default_text);
    }
    (void)fprintf(out, " | %s |\n", key->help);
}

/* A hyphen that is typed, for roff, and no control line by a leading dot or quote. */
static void print_roff(const char *text, FILE *out)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\\' || *at == '-') {
            (void)fputc('\\', out);
        }
        (void)fputc(*at, out);
    }
}

static void print_man_key(const struct config_key *key, FILE *out)
{
    char kind[KIND_BYTES];
    describe_type(key, kind);
    (void)fprintf(out, ".TP\n.B \"");
    print_roff(key->name, out);
    (void)fprintf(out, "\"\n");
    print_roff(key->help, out);
    (void)fprintf(out, "\nType: ");
    print_roff(kind, out);
    if (!is_pattern(key)) {
        (void)fprintf(out, ". %s", key->default_text ? "Default: " : "Required");
        print_roff(key->default_text && key->default_text[0] == '\0' ? "empty"
                   : key->default_text                               ? key->default_text
                                                                     : "",
                   out);
    }
    (void)fprintf(out, ".\n");
}

static void print_head(const struct config_section *section, enum config_print_form form,
                       FILE *out)
{
    const char *space = section->id_help ? " " : "";
    const char *id = section->id_help ? "ID" : "";
    if (form == CONFIG_PRINT_INI) {
        (void)fprintf(out, "\n# %s\n", section->help);
        if (section->id_help) {
            (void)fprintf(out, "# ID: %s\n", section->id_help);
        }
        /* An example of a section with an id is not part of a file that can be read. */
        (void)fprintf(out, "[%s%s%s]\n", section->name, space,
                      section->id_help ? "example" : "");
    } else if (form == CONFIG_PRINT_MARKDOWN) {
        (void)fprintf(out, "\n### `[%s%s%s]`\n\n%s", section->name, space, id,
                      section->help);
        if (section->id_help) {
            (void)fprintf(out, " `ID`: %s", section->id_help);
        }
        (void)fprintf(out,
                      "\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
    } else {
        (void)fprintf(out, ".SS \"[%s%s%s]\"\n", section->name, space, id);
        print_roff(section->help, out);
        (void)fprintf(out, "\n");
    }
}

void config_print(const struct config_schema *schema, enum config_print_form form,
                  FILE *out)
{
    static void (*const print_key[])(const struct config_key *, FILE *) = {
        [CONFIG_PRINT_INI] = print_ini_key,
        [CONFIG_PRINT_MARKDOWN] = print_markdown_key,
        [CONFIG_PRINT_MAN] = print_man_key,
    };
    static_assert(sizeof(print_key) / sizeof(print_key[0]) == CONFIG_PRINT_FORM_COUNT,
                  "every form prints keys");
    assert(schema && form < CONFIG_PRINT_FORM_COUNT && out);
    if (form == CONFIG_PRINT_INI) {
        (void)fprintf(out, "# %s. %s\n", schema->title, schema->help);
    } else if (form == CONFIG_PRINT_MARKDOWN) {
        (void)fprintf(out, "## %s\n\n%s\n", schema->title, schema->help);
    } else {
        print_roff(schema->help, out);
        (void)fprintf(out, "\n");
    }
    for (size_t i = 0; i < schema->section_count; i++) {
        const struct config_section *section = &schema->sections[i];
        print_head(section, form, out);
        for (size_t j = 0; j < schema->key_count; j++) {
            if (strcmp(schema->keys[j].section, section->name) == 0) {
                print_key[form](&schema->keys[j], out);
            }
        }
    }
}

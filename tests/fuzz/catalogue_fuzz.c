/* Compiled catalogues and rules of plurals. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/catalogue.h"
#include "runtime/plural.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Writes the catalogue where catalogue_load() finds it, loads it and asks for texts. */
static void try_catalogue(const uint8_t *data, size_t size)
{
    static const char *const domains[] = {"fuzz"};
    char folder[] = "/tmp/guichet-fuzz-XXXXXX";
    char path[64];
    if (!mkdtemp(folder)) {
        return;
    }
    (void)snprintf(path, sizeof(path), "%s/fuzz.fr.mo", folder);
    FILE *file = fopen(path, "we");
    if (file) {
        size_t written = fwrite(data, 1, size, file);
        struct catalogue *catalogue = NULL;
        if (fclose(file) == 0 && written == size &&
            catalogue_load(folder, domains, 1, &catalogue, NULL) == OK) {
            size_t length = strlen(catalogue_text(catalogue, LANGUAGE_FR, "Monday"));
            for (uint32_t n = 0; n < 4; n++) {
                length += strlen(catalogue_plural(catalogue, LANGUAGE_FR,
                                                  "{count} person", "{count} people", n));
            }
            if (length > (size_t)1 << 30) {
                abort();
            }
            catalogue_destroy(catalogue);
        }
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) {
        return 0;
    }
    if (data[0] % 2 == 0) {
        try_catalogue(data + 1, size - 1);
        return 0;
    }
    char header[300];
    size_t length = size - 1 < sizeof(header) ? size - 1 : sizeof(header) - 1;
    memcpy(header, data + 1, length);
    header[length] = '\0';
    struct plural plural;
    if (plural_parse(header, &plural) &&
        plural_form(&plural, 1234567) >= plural.form_count) {
        abort();
    }
    return 0;
}

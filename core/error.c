/* Sentences of errors; see error.h. */
#include "core/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

enum status error_set(struct error *err, enum status status, const char *format, ...)
{
    assert(status > OK && status < STATUS_COUNT);
    if (!err) {
        return status;
    }
    va_list args;
    va_start(args, format);
    int length = vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    if (length < 0) {
        err->text[0] = '\0';
    }
    err->status = status;
    return status;
}

enum status error_wrap(struct error *err, const char *format, ...)
{
    if (!err) {
        return ERR_IO;
    }
    assert(err->status != OK);
    char inner[ERROR_TEXT_BYTES];
    memcpy(inner, err->text, sizeof(inner));
    va_list args;
    va_start(args, format);
    int length = vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    struct text text = {.bytes = err->text, .capacity = sizeof(err->text)};
    text.length = length < 0 ? 0 : strlen(err->text);
    text_add(&text, ": %s", inner);
    return err->status;
}

/* Commands from anybody: the first byte is the kind of the sender. What is taken can be
 * written again, and is then read as the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/codec_command.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) {
        return 0;
    }
    enum sender sender = (enum sender)(data[0] % SENDER_COUNT);
    struct command_document command;
    struct command_document again;
    enum command_fault fault = COMMAND_FAULT_COUNT;
    struct error err = {.status = OK};
    enum status status =
        command_decode((const char *)data + 1, size - 1, sender, &command, &fault, &err);
    if ((status == OK) != (fault == COMMAND_FAULT_NONE) ||
        (status != OK && err.text[0] == '\0')) {
        abort();
    }
    if (status != OK) {
        return 0;
    }
    char bytes[COMMAND_BYTES_MAX];
    size_t length = 0;
    if (command_encode(&command, sender, bytes, sizeof(bytes), &length, NULL) != OK ||
        command_decode(bytes, length, sender, &again, &fault, NULL) != OK ||
        again.verb != command.verb || strcmp(again.reason, command.reason) != 0 ||
        again.back_at_ms != command.back_at_ms) {
        abort();
    }
    return 0;
}

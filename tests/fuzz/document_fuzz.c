/* What devices get from the broker, and the server from devices: every decoder reads
 * everything. A board that is taken can be written again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "runtime/codec_board.h"
#include "runtime/codec_config.h"
#include "runtime/codec_counter.h"
#include "runtime/codec_presence.h"
#include "runtime/codec_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    struct board_document *board = board_document_create();
    struct reply_document *reply = reply_document_create();
    struct server_status *server = server_status_create();
    struct site *site = calloc(1, sizeof(*site));
    char *buffer = malloc(2 * (size_t)PAYLOAD_BYTES_MAX);
    struct service_document service;
    struct status_document status;
    struct shown_document shown;
    size_t length = 0;
    if (board && reply && server && site && buffer) {
        if (board_decode(bytes, size, board, NULL) == OK &&
            (board_encode(board, buffer, 2 * (size_t)PAYLOAD_BYTES_MAX, &length, NULL) !=
             OK)) {
            abort();
        }
        (void)reply_decode(bytes, size, reply, NULL);
        (void)server_status_decode(bytes, size, server, NULL);
        (void)counter_decode(bytes, size, &reply->counter, NULL);
        (void)service_decode(bytes, size, &service, NULL);
        (void)status_decode(bytes, size, &status, NULL);
        (void)shown_decode(bytes, size, &shown, NULL);
        if (config_decode(bytes, size, NULL, site, NULL) == OK &&
            site_check(site, NULL) != OK) {
            abort();
        }
    }
    free(buffer);
    free(site);
    server_status_destroy(server);
    reply_document_destroy(reply);
    board_document_destroy(board);
    return 0;
}

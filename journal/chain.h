/* The chain of the record: each event's hash covers the one before, so that no event can
 * be changed, left out or moved without every later hash being wrong. */
#ifndef GUICHET_JOURNAL_CHAIN_H
#define GUICHET_JOURNAL_CHAIN_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "journal/event_body.h"

/* Bytes of a SHA-256. */
#define CHAIN_BYTES 32

/* SHA-256 of libcrypto, fetched once. */
struct chain {
    void *digest;  /* EVP_MD */
    void *context; /* EVP_MD_CTX */
};

/* ERR_IO when libcrypto does not provide SHA-256. */
enum status chain_init(struct chain *chain, struct error *err);

/* Accepts a chain that is all zero or whose start failed. */
void chain_finish(struct chain *chain);

/* SHA-256 of some bytes. */
enum status chain_digest(struct chain *chain, const void *bytes, size_t length,
                         uint8_t ret_hash[CHAIN_BYTES], struct error *err);

/* hash(n) = SHA-256(hash(n-1) || "seq|at|taken_at|kind|version|body") with the numbers in
 * decimal; hash(0) is 32 zero bytes. `before` and `ret_hash` may be the same. */
enum status chain_link(struct chain *chain, const uint8_t before[CHAIN_BYTES],
                       const struct event_row *row, uint8_t ret_hash[CHAIN_BYTES],
                       struct error *err);

#endif

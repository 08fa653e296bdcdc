/* SHA-256 by libcrypto; see chain.h. */
#include "journal/chain.h"

#include <assert.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <stdio.h>

static enum status digest_error(struct error *err)
{
    return error_set(err, ERR_IO, "libcrypto cannot compute SHA-256");
}

enum status chain_init(struct chain *chain, struct error *err)
{
    chain->digest = EVP_MD_fetch(NULL, "SHA256", NULL);
    chain->context = EVP_MD_CTX_new();
    return chain->digest && chain->context ? OK : digest_error(err);
}

void chain_finish(struct chain *chain)
{
    EVP_MD_CTX_free(chain->context);
    EVP_MD_free(chain->digest);
    *chain = (struct chain){0};
}

enum status chain_digest(struct chain *chain, const void *bytes, size_t length,
                         uint8_t ret_hash[CHAIN_BYTES], struct error *err)
{
    if (EVP_DigestInit_ex2(chain->context, chain->digest, NULL) != 1 ||
        EVP_DigestUpdate(chain->context, bytes, length) != 1 ||
        EVP_DigestFinal_ex(chain->context, ret_hash, NULL) != 1) {
        return digest_error(err);
    }
    return OK;
}

enum status chain_link(struct chain *chain, const uint8_t before[CHAIN_BYTES],
                       const struct event_row *row, uint8_t ret_hash[CHAIN_BYTES],
                       struct error *err)
{
    /* Kinds have at most 32 characters: the head always fits. */
    char head[192];
    int length = snprintf(
        head, sizeof(head), "%" PRId64 "|%" PRId64 "|%" PRId64 "|%.64s|%" PRId64 "|",
        row->seq, row->at_ms, row->taken_at_ms, row->kind, row->version);
    assert(length > 0 && (size_t)length < sizeof(head));
    if (EVP_DigestInit_ex2(chain->context, chain->digest, NULL) != 1 ||
        EVP_DigestUpdate(chain->context, before, CHAIN_BYTES) != 1 ||
        EVP_DigestUpdate(chain->context, head, (size_t)length) != 1 ||
        EVP_DigestUpdate(chain->context, row->body, row->body_length) != 1 ||
        EVP_DigestFinal_ex(chain->context, ret_hash, NULL) != 1) {
        return digest_error(err);
    }
    return OK;
}

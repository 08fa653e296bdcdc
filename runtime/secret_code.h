/* The code by which an agent signs in: only its Argon2id hash is stored (RFC 9106). */
#ifndef GUICHET_RUNTIME_SECRET_CODE_H
#define GUICHET_RUNTIME_SECRET_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

/* Characters of a code. */
#define SECRET_CODE_MIN 4
#define SECRET_CODE_MAX 32

/* Bytes with the final NUL of a hash in text: "$argon2id$v=19$m=19456,t=2,p=1$…$…". */
#define SECRET_CODE_HASH_BYTES 128

/* Hash `code` with a fresh salt; 19 MiB, two passes, one lane, as OWASP's cheat sheet on
 * password storage has it: some 30 ms. ERR_INVALID for a code of another length, ERR_IO
 * without randomness or memory. */
enum status secret_code_hash(const char *code, char ret_hash[SECRET_CODE_HASH_BYTES],
                             struct error *err);

/* Whether `code` is the one of `hash`. Takes the same time for a wrong code. */
bool secret_code_matches(const char *code, const char *hash);

/* Whether a text is a hash that this program can compare with. */
bool secret_code_is_hash(const char *hash);

#endif

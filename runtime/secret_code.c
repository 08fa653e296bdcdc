/* See secret_code.h. */
#include "runtime/secret_code.h"

#include <argon2.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define MEMORY_KIB 19456
#define PASSES     2
#define LANES      1
#define SALT_BYTES 16
#define HASH_BYTES 32

enum status secret_code_hash(const char *code, char ret_hash[SECRET_CODE_HASH_BYTES],
                             struct error *err)
{
    uint8_t salt[SALT_BYTES];
    size_t length = strlen(code);
    if (length < SECRET_CODE_MIN || length > SECRET_CODE_MAX) {
        return error_set(err, ERR_INVALID, "a code has %d to %d characters",
                         SECRET_CODE_MIN, SECRET_CODE_MAX);
    }
    if (getrandom(salt, sizeof(salt), 0) != (ssize_t)sizeof(salt)) {
        return error_set(err, ERR_IO, "there is no randomness: %s", strerror(errno));
    }
    int result =
        argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, code, length, salt, sizeof(salt),
                              HASH_BYTES, ret_hash, SECRET_CODE_HASH_BYTES);
    return result == ARGON2_OK ? OK
                               : error_set(err, ERR_IO, "cannot hash the code: %s",
                                           argon2_error_message(result));
}

bool secret_code_matches(const char *code, const char *hash)
{
    return argon2id_verify(hash, code, strlen(code)) == ARGON2_OK;
}

bool secret_code_is_hash(const char *hash)
{
    static const char head[] = "$argon2id$v=19$m=";
    return strncmp(hash, head, sizeof(head) - 1) == 0 &&
           strlen(hash) < SECRET_CODE_HASH_BYTES && strlen(hash) > 80;
}

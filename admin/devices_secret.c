/* Secrets and their hashes; see devices_secret.h. */
#include "admin/devices_secret.h"

#include <string.h>

#include <openssl/evp.h>
#include <openssl/rand.h>

#define SECRET_RANDOM_BYTES ((SECRET_BYTES - 1) / 2)
#define SALT_BYTES          12
#define DIGEST_BYTES        64
#define ROUNDS              101

/* Base64 of n bytes: 4 characters for every 3 begun, and the NUL. */
#define BASE64_BYTES(n) (((n) + 2) / 3 * 4 + 1)

enum status devices_secret_make(char ret_secret[SECRET_BYTES], struct error *err)
{
    unsigned char bytes[SECRET_RANDOM_BYTES];
    if (RAND_bytes(bytes, sizeof bytes) != 1) {
        return error_set(err, ERR_IO,
                         "cannot make a secret: the system gave no random "
                         "bytes");
    }
    struct text text;
    text_init(&text, ret_secret, SECRET_BYTES);
    for (size_t i = 0; i < sizeof bytes; i++) {
        text_add(&text, "%02x", bytes[i]);
    }
    return OK;
}

enum status devices_secret_hash(const char *secret, char ret_hash[HASH_BYTES],
                                struct error *err)
{
    unsigned char salt[SALT_BYTES];
    unsigned char digest[DIGEST_BYTES];
    if (RAND_bytes(salt, sizeof salt) != 1 ||
        PKCS5_PBKDF2_HMAC(secret, (int)strlen(secret), salt, sizeof salt, ROUNDS,
                          EVP_sha512(), sizeof digest, digest) != 1) {
        return error_set(err, ERR_IO, "cannot hash a secret: libcrypto failed");
    }
    unsigned char salt_text[BASE64_BYTES(SALT_BYTES)];
    unsigned char digest_text[BASE64_BYTES(DIGEST_BYTES)];
    (void)EVP_EncodeBlock(salt_text, salt, sizeof salt); /* returns the known length */
    (void)EVP_EncodeBlock(digest_text, digest, sizeof digest);
    struct text text;
    text_init(&text, ret_hash, HASH_BYTES);
    text_add(&text, "$7$%d$%s$%s", ROUNDS, (const char *)salt_text,
             (const char *)digest_text);
    return OK;
}

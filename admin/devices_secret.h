/* Secrets made at random and the hash by which the broker recognises them. */
#ifndef GUICHET_ADMIN_DEVICES_SECRET_H
#define GUICHET_ADMIN_DEVICES_SECRET_H

#include "admin/devices_registry.h"
#include "core/error.h"

/* A secret of 192 random bits in hexadecimal, with the final NUL. */
#define SECRET_BYTES 49

/* Make a secret. Fails only when the system has no randomness. */
enum status devices_secret_make(char ret_secret[SECRET_BYTES], struct error *err);

/* The hash of `secret` in the form of mosquitto's password file: "$7$", rounds, salt and
 * PBKDF2-HMAC-SHA-512. The rounds are mosquitto's own 101: a secret of 192 random bits
 * needs none, they are there because the form asks for them. */
enum status devices_secret_hash(const char *secret, char ret_hash[HASH_BYTES],
                                struct error *err);

#endif

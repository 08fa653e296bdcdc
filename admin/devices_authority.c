/* Keys and certificates; see devices_authority.h.
 *
 *     authority/ca.key    signs; only the administrator may read it
 *     tls/ca.crt          what everybody trusts
 *     tls/broker.crt .key the broker's own, for TLS servers only
 *     tls/revoked.pem     the revocation list
 *     devices/X.crt .key  one device's own, for TLS clients only */
#include "admin/devices_authority.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* Every certificate begins here, so that a clock that lost its battery is no obstacle. */
#define VALID_FROM "20200101000000Z"

/* RFC 5280, 4.1.2.5: the date that says "no end". */
#define NO_END "99991231235959Z"

#define CA_YEARS        20
#define ISSUED_YEARS    10
#define SECONDS_A_YEAR  (365L * 86400L)
#define SERIAL_BITS     127
#define PEM_BYTES       8192
#define FILE_NAME_BYTES (IDENTITY_BYTES + 32)

/* Who signs: the authority's key and certificate. */
struct signer {
    EVP_PKEY *key;
    X509 *certificate;
};

/* What a certificate is for. */
struct purpose {
    const char *common_name;
    const char *key_usage;          /* in the words of openssl's x509v3_config(5) */
    const char *extended_key_usage; /* NULL for the authority itself */
    const char *basic_constraints;
    const char *other_names; /* subjectAltName, or NULL */
    int years;
};

static enum status crypto_failed(struct error *err, const char *what)
{
    char reason[160];
    ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
    return error_set(err, ERR_IO, "cannot %s: %s", what, reason);
}

static bool extension_add(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    if (!value) {
        return true;
    }
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    bool is_added = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

static bool extensions_add(X509 *certificate, X509 *issuer, const struct purpose *purpose)
{
    return extension_add(certificate, issuer, NID_basic_constraints,
                         purpose->basic_constraints) &&
           extension_add(certificate, issuer, NID_key_usage, purpose->key_usage) &&
           extension_add(certificate, issuer, NID_ext_key_usage,
                         purpose->extended_key_usage) &&
           extension_add(certificate, issuer, NID_subject_alt_name,
                         purpose->other_names) &&
           extension_add(certificate, issuer, NID_subject_key_identifier, "hash") &&
           extension_add(certificate, issuer, NID_authority_key_identifier, "keyid");
}

static bool serial_set(X509 *certificate)
{
    BIGNUM *number = BN_new();
    bool is_set =
        number &&
        BN_rand(number, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
        BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    return is_set;
}

/* A certificate for `key`, signed by `signer`, or by `key` itself when NULL. */
static enum status certificate_make(EVP_PKEY *key, const struct signer *signer,
                                    const struct purpose *purpose, X509 **ret_certificate,
                                    struct error *err)
{
    X509 *certificate = X509_new();
    if (!certificate) {
        return crypto_failed(err, "make a certificate");
    }
    X509 *issuer = signer ? signer->certificate : certificate;
    X509_NAME *subject = X509_get_subject_name(certificate);
    const unsigned char *name = (const unsigned char *)purpose->common_name;
    if (X509_set_version(certificate, X509_VERSION_3) != 1 || !serial_set(certificate) ||
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0) != 1 ||
        X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) != 1 ||
        ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), VALID_FROM) != 1 ||
        !X509_gmtime_adj(X509_getm_notAfter(certificate),
                         purpose->years * SECONDS_A_YEAR) ||
        X509_set_pubkey(certificate, key) != 1 ||
        !extensions_add(certificate, issuer, purpose) ||
        X509_sign(certificate, signer ? signer->key : key, EVP_sha256()) == 0) {
        X509_free(certificate);
        return crypto_failed(err, "make a certificate");
    }
    *ret_certificate = certificate;
    return OK;
}

/* Write what `memory` holds to the file `name`, and free it. */
static enum status memory_write(const struct devices_folder *folder, const char *name,
                                BIO *memory, enum file_reader reader, struct error *err)
{
    char *bytes = NULL;
    long length = BIO_get_mem_data(memory, &bytes);
    assert(length > 0);
    enum status status =
        devices_file_write(folder, name, bytes, (size_t)length, reader, err);
    BIO_free_all(memory);
    return status;
}

static enum status key_write(const struct devices_folder *folder, const char *name,
                             const EVP_PKEY *key, enum file_reader reader,
                             struct error *err)
{
    BIO *memory = BIO_new(BIO_s_secmem());
    if (!memory ||
        PEM_write_bio_PKCS8PrivateKey(memory, key, NULL, NULL, 0, NULL, NULL) != 1) {
        BIO_free_all(memory);
        return crypto_failed(err, "write a key");
    }
    return memory_write(folder, name, memory, reader, err);
}

static enum status certificate_write(const struct devices_folder *folder,
                                     const char *name, X509 *certificate,
                                     enum file_reader reader, struct error *err)
{
    BIO *memory = BIO_new(BIO_s_mem());
    if (!memory || PEM_write_bio_X509(memory, certificate) != 1) {
        BIO_free_all(memory);
        return crypto_failed(err, "write a certificate");
    }
    return memory_write(folder, name, memory, reader, err);
}

static void signer_close(struct signer *signer)
{
    EVP_PKEY_free(signer->key);
    X509_free(signer->certificate);
}

static enum status signer_open(const struct devices_folder *folder,
                               struct signer *ret_signer, struct error *err)
{
    char pem[PEM_BYTES];
    struct signer signer = {0};
    enum status status =
        devices_file_read(folder, "authority/ca.key", pem, sizeof pem, err);
    if (status == OK) {
        BIO *memory = BIO_new_mem_buf(pem, -1);
        signer.key = memory ? PEM_read_bio_PrivateKey(memory, NULL, NULL, NULL) : NULL;
        BIO_free_all(memory);
        OPENSSL_cleanse(pem, sizeof pem);
        status = devices_file_read(folder, "tls/ca.crt", pem, sizeof pem, err);
    }
    if (status == OK) {
        BIO *memory = BIO_new_mem_buf(pem, -1);
        signer.certificate = memory ? PEM_read_bio_X509(memory, NULL, NULL, NULL) : NULL;
        BIO_free_all(memory);
        if (!signer.key || !signer.certificate ||
            X509_check_private_key(signer.certificate, signer.key) != 1) {
            status = crypto_failed(err, "use the site's authority");
        }
    }
    if (status != OK) {
        signer_close(&signer);
        return status;
    }
    *ret_signer = signer;
    return OK;
}

enum status devices_authority_create(const struct devices_folder *folder,
                                     const char *site, struct error *err)
{
    if (devices_file_exists(folder, "authority/ca.key") &&
        devices_file_exists(folder, "tls/ca.crt")) {
        return OK;
    }
    char name[ID_LENGTH_MAX + 32];
    struct text text;
    text_init(&text, name, sizeof name);
    text_add(&text, "Guichet authority of %s", site);
    const struct purpose purpose = {
        .common_name = name,
        .key_usage = "critical,keyCertSign,cRLSign",
        .basic_constraints = "critical,CA:TRUE,pathlen:0",
        .years = CA_YEARS,
    };
    X509 *certificate = NULL;
    EVP_PKEY *key = EVP_EC_gen("P-256");
    enum status status = key ? certificate_make(key, NULL, &purpose, &certificate, err)
                             : crypto_failed(err, "make the authority's key");
    if (status == OK) {
        status = key_write(folder, "authority/ca.key", key, READER_OWNER, err);
    }
    if (status == OK) {
        status = certificate_write(folder, "tls/ca.crt", certificate, READER_BROKER, err);
    }
    X509_free(certificate);
    EVP_PKEY_free(key);
    return status;
}

/* A new key and its certificate, signed by the authority, as NAME.key and NAME.crt. */
static enum status issue(const struct devices_folder *folder,
                         const struct purpose *purpose, const char *name,
                         enum file_reader reader, X509 **ret_certificate,
                         struct error *err)
{
    char key_name[FILE_NAME_BYTES];
    char certificate_name[FILE_NAME_BYTES];
    struct text text;
    text_init(&text, key_name, sizeof key_name);
    text_add(&text, "%s.key", name);
    text_init(&text, certificate_name, sizeof certificate_name);
    text_add(&text, "%s.crt", name);

    struct signer signer;
    enum status status = signer_open(folder, &signer, err);
    if (status != OK) {
        return status;
    }
    X509 *certificate = NULL;
    EVP_PKEY *key = EVP_EC_gen("P-256");
    status = key ? certificate_make(key, &signer, purpose, &certificate, err)
                 : crypto_failed(err, "make a key");
    if (status == OK) {
        status = key_write(folder, key_name, key, reader, err);
    }
    if (status == OK) {
        status = certificate_write(folder, certificate_name, certificate, reader, err);
    }
    EVP_PKEY_free(key);
    signer_close(&signer);
    if (status != OK) {
        X509_free(certificate);
        return status;
    }
    *ret_certificate = certificate;
    return OK;
}

enum status devices_authority_issue_broker(const struct devices_folder *folder,
                                           const char *address, const char *host,
                                           struct error *err)
{
    char names[2 * HOST_BYTES + 16];
    struct text text;
    text_init(&text, names, sizeof names);
    text_add(&text, "IP:%s", address);
    if (host[0] != '\0') {
        text_add(&text, ",DNS:%s", host);
    }
    const struct purpose purpose = {
        .common_name = "Guichet broker",
        .key_usage = "critical,digitalSignature",
        .extended_key_usage = "critical,serverAuth",
        .basic_constraints = "critical,CA:FALSE",
        .other_names = names,
        .years = ISSUED_YEARS,
    };
    X509 *certificate = NULL;
    enum status status =
        issue(folder, &purpose, "tls/broker", READER_BROKER, &certificate, err);
    X509_free(certificate);
    return status;
}

/* The day of a time, "2036-11-20". */
static bool date_write(const ASN1_TIME *time, char ret_date[DATE_BYTES])
{
    struct tm utc;
    return ASN1_TIME_to_tm(time, &utc) == 1 &&
           strftime(ret_date, DATE_BYTES, "%Y-%m-%d", &utc) == DATE_BYTES - 1;
}

enum status devices_authority_today(char ret_date[DATE_BYTES], struct error *err)
{
    ASN1_TIME *now = X509_gmtime_adj(NULL, 0);
    bool is_known = now && date_write(now, ret_date);
    ASN1_TIME_free(now);
    return is_known ? OK : crypto_failed(err, "read the date");
}

/* Serial number and last day of a certificate, as the registry keeps them. */
static enum status facts_read(const X509 *certificate, struct registered_device *device,
                              struct error *err)
{
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
    char *serial = number ? BN_bn2hex(number) : NULL;
    bool is_read = serial && text_copy(device->serial, sizeof device->serial, serial) &&
                   date_write(X509_get0_notAfter(certificate), device->until);
    OPENSSL_free(serial);
    BN_free(number);
    return is_read ? OK : crypto_failed(err, "read a certificate");
}

enum status devices_authority_issue(const struct devices_folder *folder,
                                    struct registered_device *device, struct error *err)
{
    char identity[IDENTITY_BYTES];
    device_identity(device, identity);
    char name[FILE_NAME_BYTES];
    struct text text;
    text_init(&text, name, sizeof name);
    text_add(&text, "devices/%s", identity);
    const struct purpose purpose = {
        .common_name = identity,
        .key_usage = "critical,digitalSignature",
        .extended_key_usage = "critical,clientAuth",
        .basic_constraints = "critical,CA:FALSE",
        .years = ISSUED_YEARS,
    };
    X509 *certificate = NULL;
    enum status status = issue(folder, &purpose, name, READER_OWNER, &certificate, err);
    if (status == OK) {
        status = facts_read(certificate, device, err);
    }
    device->has_certificate = status == OK;
    X509_free(certificate);
    return status;
}

static bool revoked_add(X509_CRL *list, const struct revoked_certificate *revoked,
                        ASN1_TIME *now)
{
    BIGNUM *number = NULL;
    X509_REVOKED *entry = X509_REVOKED_new();
    ASN1_INTEGER *serial = NULL;
    bool is_made = entry && BN_hex2bn(&number, revoked->serial) > 0;
    if (is_made) {
        serial = BN_to_ASN1_INTEGER(number, NULL);
    }
    bool is_added = serial && X509_REVOKED_set_serialNumber(entry, serial) == 1 &&
                    X509_REVOKED_set_revocationDate(entry, now) == 1 &&
                    X509_CRL_add0_revoked(list, entry) == 1;
    if (!is_added) {
        X509_REVOKED_free(entry);
    }
    ASN1_INTEGER_free(serial);
    BN_free(number);
    return is_added;
}

/* The signed list; NULL when libcrypto failed. */
static X509_CRL *revoked_make(const struct signer *signer,
                              const struct devices_registry *registry)
{
    X509_CRL *list = X509_CRL_new();
    ASN1_TIME *now = X509_gmtime_adj(NULL, 0);
    ASN1_TIME *start = ASN1_TIME_new();
    ASN1_TIME *end = ASN1_TIME_new();
    bool is_made =
        list && now && start && end &&
        X509_CRL_set_version(list, X509_CRL_VERSION_2) == 1 &&
        X509_CRL_set_issuer_name(list, X509_get_subject_name(signer->certificate)) == 1 &&
        ASN1_TIME_set_string_X509(start, VALID_FROM) == 1 &&
        ASN1_TIME_set_string_X509(end, NO_END) == 1 &&
        X509_CRL_set1_lastUpdate(list, start) == 1 &&
        X509_CRL_set1_nextUpdate(list, end) == 1;
    for (size_t i = 0; i < registry->revoked_count && is_made; i++) {
        is_made = revoked_add(list, &registry->revoked[i], now);
    }
    is_made = is_made && X509_CRL_sort(list) == 1 &&
              X509_CRL_sign(list, signer->key, EVP_sha256()) > 0;
    ASN1_TIME_free(now);
    ASN1_TIME_free(start);
    ASN1_TIME_free(end);
    if (!is_made) {
        X509_CRL_free(list);
        return NULL;
    }
    return list;
}

enum status devices_authority_write_revoked(const struct devices_folder *folder,
                                            const struct devices_registry *registry,
                                            struct error *err)
{
    struct signer signer;
    enum status status = signer_open(folder, &signer, err);
    if (status != OK) {
        return status;
    }
    X509_CRL *list = revoked_make(&signer, registry);
    BIO *memory = BIO_new(BIO_s_mem());
    if (!list || !memory || PEM_write_bio_X509_CRL(memory, list) != 1) {
        BIO_free_all(memory);
        status = crypto_failed(err, "write the list of revoked certificates");
    } else {
        status = memory_write(folder, "tls/revoked.pem", memory, READER_BROKER, err);
    }
    X509_CRL_free(list);
    signer_close(&signer);
    return status;
}

/* One run of `guichet devices` and the files it writes. */
#ifndef GUICHET_ADMIN_DEVICES_STORE_H
#define GUICHET_ADMIN_DEVICES_STORE_H

#include <sys/types.h>

#include "admin/devices_files.h"
#include "admin/devices_options.h"
#include "admin/devices_registry.h"
#include "admin/devices_secret.h"
#include "core/error.h"
#include "core/text.h"

/* Bytes of the largest file: the rights of DEVICES_MAX devices with the longest names
 * take 0.8 MiB, the registry with REVOKED_MAX revocations less. */
#define DEVICES_FILE_BYTES_MAX ((size_t)2 * 1024 * 1024)

/* "devices/<identity>.secret" with the final NUL. */
#define DEVICES_NAME_BYTES (IDENTITY_BYTES + 32)

/* Whose name proves that the broker has read its files: nobody's, without any right. */
#define PROBE_IDENTITY "reload"

struct devices_run {
    struct devices_options options;
    struct devices_folder folder;
    struct devices_registry *registry;
    char *buffer; /* DEVICES_FILE_BYTES_MAX, for the file being read or made */
    char probe_identity[IDENTITY_BYTES];
    char probe_secret[SECRET_BYTES]; /* known to this run alone */
};

/* Start the text of a file in the run's buffer, and write it whole. A text that was cut
 * is refused. */
struct text devices_text_start(struct devices_run *run);
enum status devices_text_store(const struct devices_run *run, const struct text *text,
                               const char *name, enum file_reader reader,
                               struct error *err);

/* Read the registry of the run's folder, and take its broker's account as the reader of
 * what is written. ERR_NOT_FOUND when the folder was never set up. */
enum status devices_store_load(struct devices_run *run, struct error *err);

enum status devices_store_registry(struct devices_run *run, struct error *err);

/* Names and hashes, and as the last line `probe_identity` with a secret made for this one
 * purpose: when the broker lets the probe in, it has read this very file. */
enum status devices_store_passwords(struct devices_run *run, const char *probe_identity,
                                    struct error *err);

/* Everything the broker reads again on SIGHUP: rights, revoked certificates, names. */
enum status devices_store_rights(struct devices_run *run, struct error *err);

/* "devices/<identity><ending>" */
void devices_store_name(const struct registered_device *device, const char *ending,
                        char ret_name[DEVICES_NAME_BYTES]);

/* Make a new secret for the device: its hash in `device`, itself in its file. */
enum status devices_store_secret(const struct devices_run *run,
                                 struct registered_device *device, struct error *err);

/* What the device's program needs to reach the broker: devices/<identity>.conf. */
enum status devices_store_link(struct devices_run *run,
                               const struct registered_device *device, struct error *err);

/* The broker to tell: the process named on the command line, else that of the pid file; 0
 * when none runs. Fails when the process named is no broker. */
enum status devices_store_broker(const struct devices_run *run, pid_t *ret_pid,
                                 struct error *err);

/* Make the broker `pid` read its files again and wait until it has: the probe gets in. A
 * device of the probe's identity that is connected loses its connection. */
enum status devices_store_tell(const struct devices_run *run, pid_t pid,
                               struct error *err);

/* Tell the broker, if one runs, and print which of both it was. */
enum status devices_store_finish(const struct devices_run *run, struct error *err);

#endif

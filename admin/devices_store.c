/* The files of one run; see devices_store.h. */
#include "admin/devices_store.h"

#include <assert.h>
#include <stdio.h>

#include "admin/devices_authority.h"
#include "admin/devices_broker.h"
#include "admin/devices_generate.h"

struct text devices_text_start(struct devices_run *run)
{
    struct text text;
    text_init(&text, run->buffer, DEVICES_FILE_BYTES_MAX);
    return text;
}

enum status devices_text_store(const struct devices_run *run, const struct text *text,
                               const char *name, enum file_reader reader,
                               struct error *err)
{
    if (text->is_cut) {
        return error_set(err, ERR_LIMIT, "'%s' would be too large", name);
    }
    return devices_file_write(&run->folder, name, text->bytes, text->length, reader, err);
}

enum status devices_store_load(struct devices_run *run, struct error *err)
{
    char path[PATH_MAX];
    enum status status = devices_folder_path(&run->folder, "registry", path, err);
    if (status != OK) {
        return status;
    }
    status = devices_file_read(&run->folder, "registry", run->buffer,
                               DEVICES_FILE_BYTES_MAX, err);
    if (status == OK) {
        status = devices_registry_parse(run->registry, run->buffer, path, err);
    }
    if (status == OK) {
        status = devices_folder_set_broker(&run->folder, run->registry->broker_user, err);
    }
    return status;
}

enum status devices_store_registry(struct devices_run *run, struct error *err)
{
    struct text text = devices_text_start(run);
    devices_registry_write(run->registry, &text);
    return devices_text_store(run, &text, "registry", READER_OWNER, err);
}

static enum status acl_store(struct devices_run *run, struct error *err)
{
    struct text text = devices_text_start(run);
    enum status status = devices_generate_acl(run->registry, &text, err);
    return status == OK ? devices_text_store(run, &text, "acl", READER_BROKER, err)
                        : status;
}

enum status devices_store_passwords(struct devices_run *run, const char *probe_identity,
                                    struct error *err)
{
    char hash[HASH_BYTES];
    enum status status = devices_secret_make(run->probe_secret, err);
    if (status == OK) {
        status = devices_secret_hash(run->probe_secret, hash, err);
    }
    if (status != OK) {
        return status;
    }
    (void)text_copy(run->probe_identity, sizeof run->probe_identity, probe_identity);
    struct text text = devices_text_start(run);
    devices_generate_passwords(run->registry, &text);
    text_add(&text, "%s:%s\n", probe_identity, hash);
    return devices_text_store(run, &text, "passwords", READER_BROKER, err);
}

enum status devices_store_rights(struct devices_run *run, struct error *err)
{
    enum status status = acl_store(run, err);
    if (status == OK) {
        status = devices_authority_write_revoked(&run->folder, run->registry, err);
    }
    if (status == OK) {
        status = devices_store_passwords(run, PROBE_IDENTITY, err);
    }
    return status;
}

void devices_store_name(const struct registered_device *device, const char *ending,
                        char ret_name[DEVICES_NAME_BYTES])
{
    char identity[IDENTITY_BYTES];
    device_identity(device, identity);
    struct text text;
    text_init(&text, ret_name, DEVICES_NAME_BYTES);
    text_add(&text, "devices/%s%s", identity, ending);
    assert(!text.is_cut);
}

enum status devices_store_secret(const struct devices_run *run,
                                 struct registered_device *device, struct error *err)
{
    char secret[SECRET_BYTES + 1]; /* with a newline, so that it reads as a text file */
    enum status status = devices_secret_make(secret, err);
    if (status == OK) {
        status = devices_secret_hash(secret, device->hash, err);
    }
    if (status != OK) {
        return status;
    }
    char name[DEVICES_NAME_BYTES];
    devices_store_name(device, ".secret", name);
    secret[SECRET_BYTES - 1] = '\n';
    device->has_certificate = false;
    return devices_file_write(&run->folder, name, secret, SECRET_BYTES, READER_OWNER,
                              err);
}

enum status devices_store_link(struct devices_run *run,
                               const struct registered_device *device, struct error *err)
{
    char name[DEVICES_NAME_BYTES];
    devices_store_name(device, ".conf", name);
    struct text text = devices_text_start(run);
    devices_generate_link(run->registry, device, run->folder.path, &text);
    return devices_text_store(run, &text, name, READER_OWNER, err);
}

enum status devices_store_broker(const struct devices_run *run, pid_t *ret_pid,
                                 struct error *err)
{
    pid_t named = run->options.broker_pid;
    if (named != 0 && !devices_broker_is(named)) {
        return error_set(err, ERR_NOT_FOUND, "process %ld is not a mosquitto",
                         (long)named);
    }
    *ret_pid = named != 0 ? named : devices_broker_find(run->registry->pid_file);
    return OK;
}

enum status devices_store_tell(const struct devices_run *run, pid_t pid,
                               struct error *err)
{
    enum status status = devices_broker_reload(pid, err);
    if (status == OK) {
        status = devices_broker_enter(run->registry->loopback_port, run->probe_identity,
                                      run->probe_secret, err);
    }
    return status;
}

enum status devices_store_finish(const struct devices_run *run, struct error *err)
{
    pid_t pid = 0;
    enum status status = devices_store_broker(run, &pid, err);
    if (status == OK && pid == 0) {
        (void)printf("no broker is running; it reads the rights when it starts\n");
        return OK;
    }
    if (status == OK) {
        status = devices_store_tell(run, pid, err);
    }
    if (status == OK) {
        (void)printf("the broker, process %ld, has read the rights\n", (long)pid);
    }
    return status;
}

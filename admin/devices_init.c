/* Sets a broker's folder up; see devices_init.h. */
#include "admin/devices_init.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "admin/devices_authority.h"
#include "admin/devices_generate.h"

#define DEFAULT_SERVER_PORT   1884
#define DEFAULT_LOOPBACK_PORT 1883

/* The template and the folder's path in it seven times. */
#define CONF_BYTES (8 * PATH_MAX)

/* The account the broker shall run as: root's broker gives its rights up, anybody else's
 * runs as who started it. */
static const char *broker_user_default(void)
{
    const struct passwd *own = getpwuid(geteuid());
    return geteuid() == 0 || !own ? "mosquitto" : own->pw_name;
}

static bool copy_given(char *to, size_t capacity, const char *given)
{
    return !given || text_copy(to, capacity, given);
}

/* What the command line says, over what was there. */
static enum status settings_apply(struct devices_run *run, struct error *err)
{
    const struct devices_options *options = &run->options;
    struct devices_registry *registry = run->registry;
    if (registry->site[0] != '\0' && strcmp(registry->site, options->site) != 0) {
        return error_set(err, ERR_REFUSED, "'%s' already belongs to site '%s'",
                         run->folder.path, registry->site);
    }
    if (registry->site[0] == '\0') {
        registry->server_port = DEFAULT_SERVER_PORT;
        registry->loopback_port = DEFAULT_LOOPBACK_PORT;
        (void)copy_given(registry->broker_user, sizeof registry->broker_user,
                         broker_user_default()); /* checked as an account below */
        enum status status = devices_folder_path(&run->folder, "run/mosquitto.pid",
                                                 registry->pid_file, err);
        if (status != OK) {
            return status;
        }
    }
    if (!copy_given(registry->site, sizeof registry->site, options->site) ||
        !copy_given(registry->host, sizeof registry->host, options->host) ||
        !copy_given(registry->pid_file, sizeof registry->pid_file, options->pid_file) ||
        !copy_given(registry->broker_user, sizeof registry->broker_user,
                    options->broker_user)) {
        return error_set(err, ERR_LIMIT, "a value of the command line is too long");
    }
    if (options->server_port != 0) {
        registry->server_port = options->server_port;
    }
    if (options->loopback_port != 0) {
        registry->loopback_port = options->loopback_port;
    }
    if (options->port != 0) {
        registry->port = options->port;
        (void)text_copy(registry->address, sizeof registry->address, options->address);
    }
    if (registry->server_port == registry->loopback_port ||
        registry->server_port == registry->port ||
        registry->loopback_port == registry->port) {
        return error_set(err, ERR_INVALID, "two listeners have the same port");
    }
    if (registry->host[0] != '\0' && registry->address[0] == '\0') {
        return error_set(err, ERR_INVALID, "--host needs --listen");
    }
    return OK;
}

/* The server's identity: made once, and again when its secret's file is gone, which is
 * how a leaked secret is replaced. */
static enum status server_store(struct devices_run *run, struct error *err)
{
    struct registered_device *server =
        devices_registry_find(run->registry, DEVICE_SERVER, "server");
    if (!server) {
        const struct registered_device fresh = {.kind = DEVICE_SERVER, .id = "server"};
        server = devices_registry_add(run->registry, &fresh, err);
    }
    if (!server) {
        return err->status;
    }
    enum status status = OK;
    if (server->hash[0] == '\0' ||
        !devices_file_exists(&run->folder, "devices/server.secret")) {
        status = devices_store_secret(run, server, err);
    }
    return status;
}

/* The descriptions of devices: an address or port may have changed. One that was taken to
 * its machine and deleted here is not made again. */
static enum status links_store(struct devices_run *run, struct error *err)
{
    enum status status = OK;
    for (size_t i = 0; i < run->registry->device_count && status == OK; i++) {
        const struct registered_device *device = &run->registry->devices[i];
        char name[DEVICES_NAME_BYTES];
        devices_store_name(device, ".conf", name);
        if (device->kind == DEVICE_SERVER || devices_file_exists(&run->folder, name)) {
            status = devices_store_link(run, device, err);
        }
    }
    return status;
}

static enum status folders_make(struct devices_run *run, struct error *err)
{
    enum status status =
        devices_folder_set_broker(&run->folder, run->registry->broker_user, err);
    if (status == OK) {
        status = devices_folder_make(&run->folder, "authority", READER_OWNER, err);
    }
    if (status == OK) {
        status = devices_folder_make(&run->folder, "devices", READER_OWNER, err);
    }
    if (status == OK) {
        status = devices_folder_make(&run->folder, "tls", READER_BROKER, err);
    }
    if (status == OK) {
        status = devices_folder_make(&run->folder, "run", WRITER_BROKER, err);
    }
    /* What is not written again below belongs to the account of an earlier run. */
    const char *const kept[] = {"tls/ca.crt", "tls/broker.crt", "tls/broker.key"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0] && status == OK; i++) {
        status = devices_file_share(&run->folder, kept[i], err);
    }
    return status;
}

/* What an earlier run left, or nothing. An authority without its registry would sign
 * again without knowing what it has revoked. */
static enum status settings_load(struct devices_run *run, struct error *err)
{
    if (devices_file_exists(&run->folder, "registry")) {
        return devices_store_load(run, err);
    }
    if (devices_file_exists(&run->folder, "authority/ca.key")) {
        return error_set(err, ERR_REFUSED,
                         "'%s/registry' is missing, but its authority is there: restore "
                         "it from a backup, or begin in a new folder",
                         run->folder.path);
    }
    return OK;
}

/* Write mosquitto.conf; says whether it differs from the one that was there. */
static enum status conf_store(struct devices_run *run, bool *ret_is_changed,
                              struct error *err)
{
    char before[CONF_BYTES];
    struct text text = devices_text_start(run);
    devices_generate_conf(run->registry, run->folder.path, &text);
    *ret_is_changed = devices_file_read(&run->folder, "mosquitto.conf", before,
                                        sizeof before, NULL) != OK ||
                      strcmp(before, text.bytes) != 0;
    return devices_text_store(run, &text, "mosquitto.conf", READER_BROKER, err);
}

/* Everything that is made from the registry, and the registry. */
static enum status files_store(struct devices_run *run, struct error *err)
{
    bool is_changed = false;
    enum status status = devices_store_rights(run, err);
    if (status == OK) {
        status = links_store(run, err);
    }
    if (status == OK) {
        status = conf_store(run, &is_changed, err);
    }
    if (status == OK) {
        status = devices_store_registry(run, err);
    }
    if (status != OK) {
        return status;
    }
    (void)printf("site '%s' is set up in %s\n", run->registry->site, run->folder.path);
    pid_t pid = 0;
    status = devices_store_broker(run, &pid, err);
    if (status == OK && pid != 0 && is_changed) {
        (void)printf("restart the broker, process %ld: its settings have changed\n",
                     (long)pid);
        return OK;
    }
    return status == OK ? devices_store_finish(run, err) : status;
}

enum status devices_init_run(struct devices_run *run, struct error *err)
{
    enum status status = settings_load(run, err);
    char address_before[HOST_BYTES];
    char host_before[HOST_BYTES];
    (void)text_copy(address_before, sizeof address_before, run->registry->address);
    (void)text_copy(host_before, sizeof host_before, run->registry->host);
    if (status == OK) {
        status = settings_apply(run, err);
    }
    if (status == OK) {
        status = folders_make(run, err);
    }
    /* Before the authority: see settings_load(). */
    if (status == OK) {
        status = devices_store_registry(run, err);
    }
    if (status == OK) {
        status = devices_authority_create(&run->folder, run->registry->site, err);
    }
    bool is_moved = strcmp(address_before, run->registry->address) != 0 ||
                    strcmp(host_before, run->registry->host) != 0 ||
                    !devices_file_exists(&run->folder, "tls/broker.crt");
    if (status == OK && run->registry->address[0] != '\0' && is_moved) {
        status = devices_authority_issue_broker(&run->folder, run->registry->address,
                                                run->registry->host, err);
    }
    if (status == OK) {
        status = server_store(run, err);
    }
    if (status == OK) {
        status = files_store(run, err);
    }
    return status;
}

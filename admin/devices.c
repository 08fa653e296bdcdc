/* `guichet devices`; see devices.h.
 *
 * The registry is the truth and is written last: whatever the broker reads is made from
 * the new registry first. A run that dies in between is healed by running it again: an
 * `add` makes a new secret over the old one, a `remove` finds its device still listed.
 * What takes rights away is therefore never half done after it was reported. */
#include "admin/devices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/devices_authority.h"
#include "admin/devices_generate.h"
#include "admin/devices_init.h"
#include "admin/devices_options.h"
#include "admin/devices_store.h"

/* Files that a device may have in devices/. */
static const char *const endings[] = {".secret", ".key", ".crt", ".conf"};

/* A device that is there already: right when it is what was asked for, and then only its
 * rights are written again. */
static enum status add_again(struct devices_run *run,
                             const struct registered_device *device, struct error *err)
{
    char identity[IDENTITY_BYTES];
    device_identity(device, identity);
    const char *place = run->options.place ? run->options.place : "";
    if (device->has_certificate != run->options.wants_certificate ||
        strcmp(device->place, place) != 0) {
        return error_set(err, ERR_REFUSED,
                         "'%s' is already there with another proof or place: remove it "
                         "first",
                         identity);
    }
    enum status status = devices_store_rights(run, err);
    if (status == OK) {
        (void)printf("%s was already there and keeps its secret\n", identity);
        status = devices_store_finish(run, err);
    }
    return status;
}

/* Say what the administrator does next. */
static void add_report(const struct devices_run *run,
                       const struct registered_device *device)
{
    char identity[IDENTITY_BYTES];
    device_identity(device, identity);
    const char *folder = run->folder.path;
    if (device->has_certificate) {
        (void)printf(
            "%s may connect to %s port %d until %s; take to its " DEVICE_DIR ":\n",
            identity, run->registry->address, run->registry->port, device->until);
        (void)printf("  %s/tls/ca.crt\n  %s/devices/%s.crt\n  %s/devices/%s.key\n"
                     "its configuration begins with %s/devices/%s.conf\n",
                     folder, folder, identity, folder, identity, folder, identity);
    } else {
        (void)printf("%s may connect to 127.0.0.1 port %d; its secret is in\n"
                     "  %s/devices/%s.secret\n",
                     identity, run->registry->loopback_port, folder, identity);
    }
}

static enum status add_run(struct devices_run *run, struct error *err)
{
    const struct devices_options *options = &run->options;
    enum status status = devices_store_load(run, err);
    if (status != OK) {
        return status;
    }
    const struct registered_device *known =
        devices_registry_find(run->registry, options->kind, options->id);
    if (known) {
        return add_again(run, known, err);
    }
    if (options->wants_certificate && run->registry->address[0] == '\0') {
        return error_set(
            err, ERR_REFUSED,
            "site '%s' has no listener for certificates: run 'guichet devices "
            "init' with --listen first",
            run->registry->site);
    }
    struct registered_device device = {.kind = options->kind};
    (void)text_copy(device.id, sizeof device.id, options->id); /* checked as an id */
    if (options->place) {
        (void)text_copy(device.place, sizeof device.place, options->place);
    }
    status = options->wants_certificate
                 ? devices_authority_issue(&run->folder, &device, err)
                 : devices_store_secret(run, &device, err);
    if (status == OK && !devices_registry_add(run->registry, &device, err)) {
        status = ERR_LIMIT;
    }
    if (status == OK) {
        status = devices_store_link(run, &device, err);
    }
    if (status == OK) {
        status = devices_store_rights(run, err);
    }
    if (status == OK) {
        status = devices_store_registry(run, err);
    }
    if (status == OK) {
        add_report(run, &device);
        status = devices_store_finish(run, err);
    }
    return status;
}

/* End the connection that a revoked certificate still has. The broker looks at
 * certificates when somebody connects, so a connection that is open would stay, without
 * rights but in place, and would get the rights of the next device of that name. The name
 * is given a password for one moment and taken over on loopback. */
static enum status connection_end(struct devices_run *run, const char *identity,
                                  pid_t pid, struct error *err)
{
    enum status status = devices_store_passwords(run, identity, err);
    if (status == OK) {
        status = devices_store_tell(run, pid, err);
    }
    enum status restored =
        devices_store_passwords(run, PROBE_IDENTITY, status == OK ? err : NULL);
    return status == OK ? restored : status;
}

/* Delete what lies here of the device's secrets. */
static enum status files_delete(const struct devices_run *run,
                                const struct registered_device *device, struct error *err)
{
    enum status status = OK;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0] && status == OK; i++) {
        char name[DEVICES_NAME_BYTES];
        devices_store_name(device, endings[i], name);
        status = devices_file_delete(&run->folder, name, err);
    }
    return status;
}

static enum status remove_run(struct devices_run *run, struct error *err)
{
    char date[DATE_BYTES];
    pid_t pid = 0;
    enum status status = devices_store_load(run, err);
    if (status == OK) {
        status = devices_authority_today(date, err);
    }
    if (status == OK) {
        status = devices_store_broker(run, &pid, err);
    }
    if (status != OK) {
        return status;
    }
    struct registered_device *found =
        devices_registry_find(run->registry, run->options.kind, run->options.id);
    if (!found) {
        return error_set(err, ERR_NOT_FOUND, "there is no %s '%s'",
                         device_kind_name(run->options.kind), run->options.id);
    }
    const struct registered_device device = *found;
    char identity[IDENTITY_BYTES];
    device_identity(&device, identity);
    status = devices_registry_remove(run->registry, found, date, err);
    if (status == OK) {
        status = devices_store_rights(run, err);
    }
    if (status == OK) {
        status = devices_store_registry(run, err);
    }
    if (status == OK) {
        status = files_delete(run, &device, err);
    }
    if (status == OK) {
        (void)printf("%s has no rights any more\n", identity);
        status = devices_store_finish(run, err);
    }
    if (status == OK && device.has_certificate && pid != 0) {
        status = connection_end(run, identity, pid, err);
        if (status == OK) {
            status = devices_store_tell(run, pid, err);
        }
        if (status != OK) {
            (void)error_wrap(err, "cannot end the connection of '%s'", identity);
        }
    }
    return status;
}

static enum status list_run(struct devices_run *run, struct error *err)
{
    enum status status = devices_store_load(run, err);
    if (status != OK) {
        return status;
    }
    (void)printf("%-40s %-12s %-11s %s\n", "identity", "proof", "until", "place");
    for (size_t i = 0; i < run->registry->device_count; i++) {
        const struct registered_device *device = &run->registry->devices[i];
        enum device_place place = device_kind_place(device->kind);
        char identity[IDENTITY_BYTES];
        device_identity(device, identity);
        (void)printf("%-40s %-12s %-11s", identity,
                     device->has_certificate ? "certificate" : "password",
                     device->has_certificate ? device->until : "-");
        if (place == PLACE_COUNTER) {
            (void)printf(" counter %s\n", device->place);
        } else if (place == PLACE_HALL && device->place[0] != '\0') {
            (void)printf(" hall %s\n", device->place);
        } else {
            (void)printf(" %s\n", place == PLACE_HALL ? "every hall" : "-");
        }
    }
    return OK;
}

static enum status action_run(struct devices_run *run, struct error *err)
{
    enum status (*const actions[ACTION_COUNT])(struct devices_run *, struct error *) = {
        [ACTION_INIT] = devices_init_run,
        [ACTION_ADD] = add_run,
        [ACTION_REMOVE] = remove_run,
        [ACTION_LIST] = list_run,
    };
    bool may_create = run->options.action == ACTION_INIT;
    enum status status =
        devices_folder_open(&run->folder, run->options.dir, may_create, err);
    if (status != OK) {
        return status;
    }
    run->buffer = malloc(DEVICES_FILE_BYTES_MAX);
    run->registry = calloc(1, sizeof *run->registry);
    if (!run->buffer || !run->registry) {
        status = error_set(err, ERR_LIMIT, "there is not enough memory");
    } else {
        status = actions[run->options.action](run, err);
    }
    free(run->buffer);
    free(run->registry);
    devices_folder_close(&run->folder);
    return status;
}

int devices_run(int argc, char **argv)
{
    struct devices_run run = {0};
    struct error err = {0};
    if (devices_options_parse(argc, argv, &run.options, &err) != OK) {
        (void)fprintf(stderr, "guichet devices: %s\n", err.text);
        return 2;
    }
    if (run.options.action == ACTION_HELP) {
        (void)printf("%s", devices_help);
        return 0;
    }
    if (action_run(&run, &err) != OK) {
        (void)fprintf(stderr, "guichet devices: %s\n", err.text);
        return 1;
    }
    return 0;
}

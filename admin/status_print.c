/* The server's status for people; see status_print.h. */
#include "admin/status_print.h"

#include <string.h>

#include "core/text.h"
#include "runtime/instant.h"

/* "counter" and an id of the greatest length. */
#define DEVICE_BYTES (8 + ID_LENGTH_MAX + 1)

static const char *plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

void status_age_text(int64_t age_ms, char ret_text[STATUS_AGE_BYTES])
{
    struct text text;
    text_init(&text, ret_text, STATUS_AGE_BYTES);
    int64_t seconds = (age_ms + 500) / 1000;
    if (age_ms < 0) {
        text_add(&text, "never");
    } else if (seconds < 60) {
        text_add(&text, "%lld s ago", (long long)seconds);
    } else if (seconds < 3600) {
        text_add(&text, "%lld min ago", (long long)(seconds / 60));
    } else if (seconds < 86400) {
        text_add(&text, "%lld h ago", (long long)(seconds / 3600));
    } else {
        long long days = (long long)(seconds / 86400);
        text_add(&text, "%lld day%s ago", days, days == 1 ? "" : "s");
    }
}

static void print_office(const struct server_status *status, FILE *out)
{
    char since[INSTANT_TEXT_BYTES];
    instant_text(status->started_at_ms, since);
    (void)fprintf(out, "server        %s, since %.10s %.8s UTC\n", status->version, since,
                  since + 11);
    (void)fprintf(out, "epoch         %lld\n", (long long)status->epoch);
    (void)fprintf(out, "last event    %lld\n", (long long)status->seq);
    (void)fprintf(out, "office clock  %s", clock_mode_name(status->clock));
    if (status->factor > 1) {
        (void)fprintf(out, ", %u times as fast", (unsigned)status->factor);
    }
    if (status->day == 0) {
        (void)fputs("\nbusiness day  none is open\n", out);
    } else {
        (void)fprintf(out, "\nbusiness day  %04u-%02u-%02u\n",
                      (unsigned)(status->day / 10000),
                      (unsigned)(status->day / 100 % 100), (unsigned)(status->day % 100));
    }
    (void)fprintf(out, "tickets       %u, %u waiting\n", (unsigned)status->ticket_count,
                  (unsigned)status->waiting_count);
    (void)fprintf(out, "open          %u counter%s, %u service%s\n",
                  (unsigned)status->open_counters, plural(status->open_counters),
                  (unsigned)status->open_services, plural(status->open_services));
}

static const char *or_dash(const char *text)
{
    return text[0] != '\0' ? text : "-";
}

static void device_name(const struct device_presence *device, char ret_name[DEVICE_BYTES])
{
    struct text text;
    text_init(&text, ret_name, DEVICE_BYTES);
    text_add(&text, "%s %s", device->kind, device->id);
}

static void print_devices(const struct server_status *status, FILE *out)
{
    static const char format[] = "%-*s  %-6s  %-*s  %-10s  %-7s  %s\n";
    int name_width = (int)strlen("device");
    int version_width = (int)strlen("version");
    char name[DEVICE_BYTES];
    for (uint32_t i = 0; i < status->device_count; i++) {
        device_name(&status->devices[i], name);
        int length = (int)strlen(name);
        int version_length = (int)strlen(status->devices[i].version);
        name_width = length > name_width ? length : name_width;
        version_width = version_length > version_width ? version_length : version_width;
    }
    (void)fprintf(out, format, name_width, "device", "state", version_width, "version",
                  "printer", "paper", "last seen");
    for (uint32_t i = 0; i < status->device_count; i++) {
        const struct device_presence *device = &status->devices[i];
        char age[STATUS_AGE_BYTES];
        status_age_text(device->age_ms, age);
        device_name(device, name);
        (void)fprintf(out, format, name_width, name,
                      device->is_online ? "online" : "gone", version_width,
                      or_dash(device->version), or_dash(device->printer),
                      or_dash(device->paper), age);
    }
}

void status_print(const struct server_status *status, FILE *out)
{
    print_office(status, out);
    (void)fputc('\n', out);
    if (status->device_count == 0) {
        (void)fputs("no device has been seen since the server started\n", out);
    } else {
        print_devices(status, out);
    }
}

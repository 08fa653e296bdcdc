/* Time zones from the system's zone files; see zone.h.
 *
 * A zone file (RFC 8536, version 2 or later) holds a block with 32-bit times, which is
 * skipped, the same with 64-bit times, and a footer: the rule in POSIX form
 * ("CET-1CEST,M3.5.0,M10.5.0/3") for all times after the last listed change. Our zone is
 * the list of changes with their offsets, and the rule.
 *
 *   header  "TZif" version 15x0  isutcnt isstdcnt leapcnt timecnt typecnt charcnt (u32)
 *   block   timecnt times, timecnt type indices (u8), typecnt x {i32 offset, u8 is_dst,
 *           u8 name}, charcnt names, leapcnt x (time + i32), isstdcnt, isutcnt (u8)
 *   footer  "\n" rule "\n"
 *
 * Every length is checked against the file before it is used. */
#include "runtime/zone.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "runtime/zone_rule.h"

/* Largest zone file we read; the largest of today has 4 KiB. */
#define FILE_BYTES_MAX 65536

#define HEADER_BYTES 44
#define CHANGES_MAX  2048
#define TYPES_MAX    256

/* Two days: no zone changes twice within them. */
#define NEARBY_S 172800

/* No place is further from UTC than this (RFC 8536 3.2). */
#define OFFSET_MAX_S 93599

struct change {
    int64_t at_s;
    int32_t offset_s; /* from `at_s` on */
};

struct zone {
    int32_t first_offset_s; /* before the first change */
    size_t change_count;
    bool has_rule; /* for times after the last change */
    struct zone_rule rule;
    struct change changes[];
};

/* The bytes of the file that are not read yet. */
struct reader {
    const uint8_t *at;
    size_t left;
};

struct header {
    char version;
    size_t isut_count, isstd_count, leap_count, time_count, type_count, char_count;
};

static uint32_t u32_at(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Takes `count` items of `bytes`; NULL when the file is too short. */
static const uint8_t *take(struct reader *reader, size_t count, size_t bytes)
{
    if (count > FILE_BYTES_MAX || count * bytes > reader->left) {
        return NULL;
    }
    const uint8_t *taken = reader->at;
    reader->at += count * bytes;
    reader->left -= count * bytes;
    return taken;
}

static bool read_header(struct reader *reader, struct header *ret_header)
{
    const uint8_t *at = take(reader, 1, HEADER_BYTES);
    if (!at || memcmp(at, "TZif", 4) != 0) {
        return false;
    }
    *ret_header = (struct header){
        .version = (char)at[4],
        .isut_count = u32_at(at + 20),
        .isstd_count = u32_at(at + 24),
        .leap_count = u32_at(at + 28),
        .time_count = u32_at(at + 32),
        .type_count = u32_at(at + 36),
        .char_count = u32_at(at + 40),
    };
    return true;
}

/* Takes what follows types in a block whose times have `time_bytes`. */
static bool skip_rest(struct reader *reader, const struct header *header,
                      size_t time_bytes)
{
    return take(reader, header->char_count, 1) &&
           take(reader, header->leap_count, time_bytes + 4) &&
           take(reader, header->isstd_count, 1) && take(reader, header->isut_count, 1);
}

/* Offset of type `index`; false when there is no such type or it cannot be. */
static bool type_offset(const uint8_t *types, size_t type_count, size_t index,
                        int32_t *ret_offset_s)
{
    if (index >= type_count) {
        return false;
    }
    int32_t offset_s = (int32_t)u32_at(types + 6 * index);
    if (offset_s < -OFFSET_MAX_S || offset_s > OFFSET_MAX_S) {
        return false;
    }
    *ret_offset_s = offset_s;
    return true;
}

/* Reads the changes of a block of 64-bit times; NULL when it is damaged or there is no
 * memory. */
static struct zone *read_block(struct reader *reader, const struct header *header)
{
    if (header->time_count > CHANGES_MAX || header->type_count > TYPES_MAX) {
        return NULL;
    }
    const uint8_t *times = take(reader, header->time_count, 8);
    const uint8_t *indices = take(reader, header->time_count, 1);
    const uint8_t *types = take(reader, header->type_count, 6);
    if (!times || !indices || !types || !skip_rest(reader, header, 8)) {
        return NULL;
    }
    struct zone *zone =
        calloc(1, sizeof(*zone) + header->time_count * sizeof(struct change));
    if (!zone) {
        return NULL;
    }
    bool is_good = type_offset(types, header->type_count, 0, &zone->first_offset_s);
    zone->change_count = header->time_count;
    for (size_t i = 0; is_good && i < header->time_count; i++) {
        uint64_t high = u32_at(times + 8 * i);
        zone->changes[i].at_s = (int64_t)(high << 32 | u32_at(times + 8 * i + 4));
        is_good = type_offset(types, header->type_count, indices[i],
                              &zone->changes[i].offset_s) &&
                  (i == 0 || zone->changes[i - 1].at_s < zone->changes[i].at_s);
    }
    if (!is_good) {
        free(zone);
        return NULL;
    }
    return zone;
}

/* Reads "\nRULE\n". An empty rule means that the last offset stays for ever. */
static bool read_footer(struct reader *reader, struct zone *zone)
{
    if (reader->left < 2 || reader->at[0] != '\n') {
        return false;
    }
    const uint8_t *rule = reader->at + 1;
    const uint8_t *end = memchr(rule, '\n', reader->left - 1);
    char text[80];
    if (!end || (size_t)(end - rule) >= sizeof(text)) {
        return false;
    }
    memcpy(text, rule, (size_t)(end - rule));
    text[end - rule] = '\0';
    zone->has_rule = text[0] != '\0';
    return !zone->has_rule || zone_rule_parse(text, &zone->rule);
}

/* The zone in the bytes of a file, or NULL. */
static struct zone *zone_read(const uint8_t *bytes, size_t length)
{
    struct reader reader = {.at = bytes, .left = length};
    struct header header;
    if (!read_header(&reader, &header) || header.version < '2' ||
        !take(&reader, header.time_count, 5) || !take(&reader, header.type_count, 6) ||
        !skip_rest(&reader, &header, 4) || !read_header(&reader, &header)) {
        return NULL;
    }
    struct zone *zone = read_block(&reader, &header);
    if (zone && !read_footer(&reader, zone)) {
        free(zone);
        return NULL;
    }
    return zone;
}

/* Whether it has the form of an IANA name: levels of letters, digits and _ + -. */
static bool is_zone_name(const char *name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    size_t length = strlen(name);
    return length > 0 && length < 64 && strspn(name, allowed) == length &&
           name[0] != '/' && name[length - 1] != '/' && !strstr(name, "//");
}

/* Reads the whole file, at most `capacity` bytes; -1 with errno. */
static ssize_t read_file(const char *path, uint8_t *bytes, size_t capacity)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    size_t length = 0;
    ssize_t count = 0;
    do {
        count = read(fd, bytes + length, capacity - length);
        length += count > 0 ? (size_t)count : 0;
    } while (count > 0 && length < capacity);
    int kept_errno = errno;
    (void)close(fd); /* only read */
    errno = kept_errno;
    return count < 0 ? -1 : (ssize_t)length;
}

enum status zone_load(const char *name, struct zone **ret_zone, struct error *err)
{
    if (!is_zone_name(name)) {
        return error_set(err, ERR_INVALID,
                         "'%.64s' is not the name of a time zone such as 'Europe/Paris'",
                         name);
    }
    const char *folder = getenv("TZDIR");
    char path[PATH_MAX];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/%s", folder && folder[0] ? folder : "/usr/share/zoneinfo", name);
    uint8_t *bytes = malloc(FILE_BYTES_MAX);
    if (!bytes) {
        return error_set(err, ERR_IO, "cannot read time zone '%s': out of memory", name);
    }
    ssize_t length = text.is_cut ? -1 : read_file(path, bytes, FILE_BYTES_MAX);
    if (length < 0) {
        enum status status = errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
        error_set(err, status, "cannot read time zone '%s' from '%s': %s", name, path,
                  strerror(errno));
        free(bytes);
        return status;
    }
    struct zone *zone = zone_read(bytes, (size_t)length);
    free(bytes);
    if (!zone) {
        return error_set(err, ERR_CORRUPT, "file '%s' is not a time zone", path);
    }
    *ret_zone = zone;
    return OK;
}

void zone_destroy(struct zone *zone)
{
    free(zone);
}

/* Offset at `at_s`, seconds of the Unix epoch. */
static int32_t offset_at(const struct zone *zone, int64_t at_s)
{
    size_t low = 0; /* changes before `low` are not after `at_s` */
    size_t high = zone->change_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->changes[middle].at_s <= at_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == zone->change_count && zone->has_rule) {
        return zone_rule_offset(&zone->rule, at_s);
    }
    return low == 0 ? zone->first_offset_s : zone->changes[low - 1].offset_s;
}

/* Division that rounds down, as the days of times before 1970 need it. */
static int64_t floor_divide(int64_t value, int64_t divisor)
{
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

struct local_time zone_local(const struct zone *zone, int64_t at_ms)
{
    assert(at_ms >= INSTANT_MIN_MS && at_ms <= INSTANT_MAX_MS);
    int32_t offset_s = offset_at(zone, floor_divide(at_ms, 1000));
    int64_t local_ms = at_ms + (int64_t)offset_s * 1000;
    int64_t days = floor_divide(local_ms, DAY_MS);
    int64_t ms_of_day = local_ms - days * DAY_MS;
    uint32_t date = date_from_days(days);
    return (struct local_time){
        .date = date,
        .weekday = date_weekday(date),
        .minute_of_day = (uint32_t)(ms_of_day / 60000),
        .second = (uint32_t)(ms_of_day / 1000 % 60),
        .millisecond = (uint32_t)(ms_of_day % 1000),
        .offset_s = offset_s,
    };
}

uint32_t zone_date(const struct zone *zone, int64_t at_ms)
{
    return zone_local(zone, at_ms).date;
}

void zone_minute_text(const struct zone *zone, int64_t at_ms,
                      char ret_text[MINUTE_TEXT_BYTES])
{
    struct local_time local = zone_local(zone, at_ms);
    struct text text;
    text_init(&text, ret_text, MINUTE_TEXT_BYTES);
    text_add(&text, "%02u:%02u", local.minute_of_day / 60, local.minute_of_day % 60);
}

int zone_instants(const struct zone *zone, uint32_t date, int64_t ms_of_day,
                  int64_t ret_ms[2])
{
    assert(date_is_valid(date));
    assert(ms_of_day >= 0 && ms_of_day < DAY_MS);
    int64_t local_ms = date_days(date) * DAY_MS + ms_of_day;
    /* The offsets on both sides of the one change that may be near. */
    int64_t local_s = floor_divide(local_ms, 1000);
    int32_t before_s = offset_at(zone, local_s - NEARBY_S);
    int32_t after_s = offset_at(zone, local_s + NEARBY_S);
    int64_t with_before_ms = local_ms - (int64_t)before_s * 1000;
    int64_t with_after_ms = local_ms - (int64_t)after_s * 1000;
    bool is_before = offset_at(zone, floor_divide(with_before_ms, 1000)) == before_s;
    bool is_after = offset_at(zone, floor_divide(with_after_ms, 1000)) == after_s;
    ret_ms[0] = is_before || !is_after ? with_before_ms : with_after_ms;
    if (is_before && is_after && before_s != after_s) {
        ret_ms[1] = with_after_ms;
        return 2;
    }
    return is_before || is_after ? 1 : 0;
}

uint32_t zone_business_date(const struct zone *zone, int64_t at_ms,
                            uint32_t day_change_minutes)
{
    assert(day_change_minutes < DAY_MINUTES);
    uint32_t date = zone_date(zone, at_ms);
    int64_t starts_ms[2];
    (void)zone_instants(zone, date, (int64_t)day_change_minutes * 60000,
                        starts_ms); /* [0] is set for all three results */
    return at_ms >= starts_ms[0] ? date : date_from_days(date_days(date) - 1);
}

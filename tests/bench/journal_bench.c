/* How fast the record is, beside the floor of the same run: a bare append with fdatasync.
 *
 * usage: journal_bench [FOLDER]
 *
 * Visits are taken, called, started and finished, with the reply of each command stored,
 * in transactions of 1, 16 and 64 commands: what a server does for as many commands that
 * came in together, without the broker. Then the journal is replayed and verified. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/queue.h"
#include "core/text.h"
#include "journal/journal.h"

#define ROUNDS_MAX 20000
#define DATE       20261123U
#define START_MS   INT64_C(1795419000000)

struct bench {
    struct site site;
    struct queue *queue;
    struct journal *journal;
    uint32_t command_count;
    double micros[ROUNDS_MAX];
    struct error err;
};

static void stop(const char *what, const struct error *err)
{
    (void)fprintf(stderr, "journal_bench: %s: %s\n", what, err ? err->text : "failed");
    exit(1);
}

static double now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* This clock always exists. */
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static void print_row(const char *name, double *micros, size_t count, double per_round)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += micros[i];
    }
    qsort(micros, count, sizeof(micros[0]), compare);
    (void)printf("%-44s %8.1f %8.1f %12.0f\n", name, micros[count / 2],
                 micros[count * 99 / 100], per_round * (double)count * 1e6 / total);
}

static void measure_floor(struct bench *bench, const char *folder)
{
    char path[512];
    static const char block[4096];
    (void)snprintf(path, sizeof(path), "%s/floor", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (size_t i = 0; i < 4000; i++) {
        double start = now_us();
        if (fd < 0 || write(fd, block, sizeof(block)) != (ssize_t)sizeof(block) ||
            fdatasync(fd) != 0) {
            stop(path, NULL);
        }
        bench->micros[i] = now_us() - start;
    }
    (void)close(fd);
    (void)unlink(path);
    print_row("floor: append 4 KiB + fdatasync", bench->micros, 4000, 1);
}

static void set_site(struct site *site)
{
    (void)text_copy(site->id, sizeof(site->id), "bench");
    (void)text_copy(site->time_zone, sizeof(site->time_zone), "Europe/Paris");
    (void)text_copy(site->halls[0].id, sizeof(site->halls[0].id), "main");
    (void)text_copy(site->classes[0].id, sizeof(site->classes[0].id), "none");
    site->hall_count = 1;
    site->class_count = 1;
    site->service_count = 8;
    site->counter_count = 16;
    for (uint32_t i = 0; i < site->service_count; i++) {
        struct service *service = &site->services[i];
        (void)snprintf(service->id, sizeof(service->id), "service-%u", i);
        service->letter[0] = (char)('A' + (int)i);
        service->first_number = 1;
        service->standard_share_percent = 80;
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        (void)snprintf(site->counters[i].id, sizeof(site->counters[i].id), "%u", i + 1);
        site->counters[i].services = UINT64_C(1) << (i % site->service_count);
    }
}

/* Decide, apply, append and store the reply, as a server does. */
static void run(struct bench *bench, const struct command *command)
{
    static const char reply[] =
        "{\"id\":\"01930000-0000-7000-8000-000000000001\",\"ok\":true,\"at\":"
        "\"2026-11-23T09:42:10.000Z\",\"ticket\":{\"label\":\"A042\",\"service\":"
        "\"service-1\",\"state\":\"waiting\",\"class\":\"none\",\"language\":\"fr\","
        "\"taken_at\":\"2026-11-23T09:42:10.000Z\",\"ahead\":12,\"open_counters\":3,"
        "\"wait\":{\"low_min\":15,\"high_min\":25}}}";
    struct event events[STEP_EVENTS_MAX];
    struct refused refused;
    size_t count = 0;
    char id[40];
    char payload[160];
    int64_t at_ms = START_MS + bench->command_count;
    (void)snprintf(id, sizeof(id), "01930000-0000-7000-8000-%012u", bench->command_count);
    int length = snprintf(payload, sizeof(payload),
                          "{\"id\":\"%s\",\"verb\":\"take\",\"service\":\"x\"}", id);
    const struct journal_command from = {"kiosk-hall1", id, payload, (size_t)length};
    enum journal_answer answer = ANSWER_NONE;
    const char *stored = NULL;
    if (journal_find_answer(bench->journal, &from, &answer, &stored, &bench->err) != OK ||
        queue_decide(bench->queue, command, at_ms, events, &count, &refused,
                     &bench->err) != OK) {
        stop("decide", &bench->err);
    }
    for (size_t i = 0; i < count; i++) {
        queue_apply(bench->queue, &events[i]);
        if (journal_append(bench->journal, &events[i], queue_site(bench->queue),
                           &bench->err) != OK) {
            stop("append", &bench->err);
        }
    }
    if (journal_store_answer(bench->journal, &from, reply, at_ms, &bench->err) != OK) {
        stop("store", &bench->err);
    }
    bench->command_count++;
}

static void begin(struct bench *bench)
{
    if (journal_begin(bench->journal, &bench->err) != OK) {
        stop("begin", &bench->err);
    }
}

static void commit(struct bench *bench)
{
    if (journal_commit(bench->journal, &bench->err) != OK) {
        stop("commit", &bench->err);
    }
}

static void open_office(struct bench *bench)
{
    struct command command = {.verb = VERB_CONFIGURE,
                              .counter = SITE_NONE,
                              .kiosk = SITE_NONE,
                              .version = VERSION_ANY,
                              .site = &bench->site};
    begin(bench);
    run(bench, &command);
    command.verb = VERB_OPEN_DAY;
    command.date = DATE;
    run(bench, &command);
    for (uint32_t i = 0; i < bench->site.service_count; i++) {
        command.verb = VERB_OPEN_SERVICE;
        command.service = i;
        run(bench, &command);
    }
    for (uint32_t i = 0; i < bench->site.counter_count; i++) {
        command.verb = VERB_OPEN;
        command.counter = i;
        run(bench, &command);
    }
    commit(bench);
}

/* Command `n` of an endless round: each counter in turn takes, calls, starts, finishes.
 */
static struct command command_of(const struct bench *bench, uint32_t n)
{
    static const enum verb verbs[] = {VERB_TAKE, VERB_CALL_NEXT, VERB_START, VERB_FINISH};
    uint32_t counter = n / 4 % bench->site.counter_count;
    enum verb verb = verbs[n % 4];
    return (struct command){
        .verb = verb,
        .counter = verb == VERB_TAKE ? SITE_NONE : counter,
        .kiosk = SITE_NONE,
        .version = VERSION_ANY,
        .service = counter % bench->site.service_count,
        .quote = {true, 12, 3, 900, 800, 1200, 1500},
    };
}

static void measure_groups(struct bench *bench, uint32_t group, uint32_t rounds)
{
    static uint32_t n;
    char name[64];
    for (uint32_t round = 0; round < rounds; round++) {
        double start = now_us();
        begin(bench);
        for (uint32_t i = 0; i < group; i++) {
            const struct command command = command_of(bench, n);
            run(bench, &command);
            n++;
        }
        commit(bench);
        bench->micros[round] = now_us() - start;
    }
    (void)snprintf(name, sizeof(name), "journal: %u command%s a transaction", group,
                   group == 1 ? "" : "s");
    print_row(name, bench->micros, rounds, group);
}

static void measure_reading(struct bench *bench)
{
    struct journal_summary summary;
    double start = now_us();
    if (journal_replay(bench->journal, bench->queue, NULL, NULL, &bench->err) != OK) {
        stop("replay", &bench->err);
    }
    double replayed = now_us();
    if (journal_verify(bench->journal, &summary, &bench->err) != OK) {
        stop("verify", &bench->err);
    }
    double verified = now_us();
    (void)printf("replay of %lld events: %.0f ms; verify: %.0f ms\n",
                 (long long)summary.event_count, (replayed - start) / 1e3,
                 (verified - replayed) / 1e3);
}

int main(int argc, char **argv)
{
    struct bench *bench = calloc(1, sizeof(*bench));
    char folder[256];
    char path[512];
    (void)snprintf(folder, sizeof(folder), "%s/journal-bench-XXXXXX",
                   argc > 1 ? argv[1] : ".");
    if (!bench || !mkdtemp(folder)) {
        stop(folder, NULL);
    }
    (void)snprintf(path, sizeof(path), "%s/journal.db", folder);
    set_site(&bench->site);
    bench->queue = queue_create();
    if (!bench->queue || journal_open(path, 0, &bench->journal, &bench->err) != OK) {
        stop("open", &bench->err);
    }
    (void)printf("%-44s %8s %8s %12s\n", "", "p50 us", "p99 us", "a second");
    measure_floor(bench, folder);
    open_office(bench);
    measure_groups(bench, 1, 8000);
    measure_groups(bench, 16, 4000);
    measure_groups(bench, 64, 1500);
    measure_reading(bench);
    journal_close(bench->journal);
    queue_destroy(bench->queue);
    (void)unlink(path);
    (void)rmdir(folder);
    free(bench);
    return 0;
}

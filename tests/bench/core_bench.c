/* How long the queue itself takes, without a disk or a network: the largest site that
 * core/limits.h is sized for (60 counters, 8 services, 5,000 people waiting).
 *
 * core_bench prints one figure a line; it judges nothing. */
#include <assert.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/policy.h"
#include "core/queue.h"
#include "core/text.h"

#define SERVICES 8
#define COUNTERS 60
#define WAITING  5000
#define ROUNDS   20000

/* Of deciding alone: the median of so many batches of so many decisions. */
#define BATCHES         501
#define BATCH_DECISIONS 60

struct bench {
    struct queue *queue;
    int64_t now_ms;
    struct event *journal; /* every event, for the replay */
    size_t event_count;
    size_t event_capacity;
};

static int64_t machine_ns(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        abort();
    }
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Resident pages of this process, in KiB. */
static long resident_kib(void)
{
    long total = 0;
    long resident = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    char line[128];
    if (!file || !fgets(line, sizeof(line), file)) {
        abort();
    }
    (void)fclose(file); /* it was only read */
    char *end = NULL;
    total = strtol(line, &end, 10);
    resident = strtol(end, NULL, 10);
    assert(resident <= total);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static void set_id(char *to, const char *word, uint32_t number)
{
    struct text text;
    text_init(&text, to, ID_LENGTH_MAX + 1);
    text_add(&text, "%s%u", word, (unsigned)number);
}

static struct site *make_site(void)
{
    struct site *site = calloc(1, sizeof(*site));
    if (!site) {
        abort();
    }
    set_id(site->id, "bench", 0);
    (void)text_copy(site->time_zone, sizeof(site->time_zone), "Europe/Paris");
    site->no_show_within_s = 15;
    site->call_chosen = true;
    site->hall_count = 1;
    set_id(site->halls[0].id, "hall", 0);
    site->service_count = SERVICES;
    for (uint32_t i = 0; i < SERVICES; i++) {
        set_id(site->services[i].id, "service", i);
        site->services[i].letter[0] = (char)('A' + i);
        site->services[i].standard_wait_s = 600 + 300 * i;
        site->services[i].standard_share_percent = 80;
        site->services[i].first_number = 1;
    }
    site->counter_count = COUNTERS;
    for (uint32_t i = 0; i < COUNTERS; i++) {
        set_id(site->counters[i].id, "c", i);
        site->counters[i].services = (1U << SERVICES) - 1U;
    }
    site->class_count = 2;
    (void)text_copy(site->classes[0].id, ID_LENGTH_MAX + 1, "none");
    (void)text_copy(site->classes[1].id, ID_LENGTH_MAX + 1, "priority");
    site->classes[1].head_start_s = 1800;
    return site;
}

static void act(struct bench *bench, const struct command *command)
{
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    struct error err;
    if (queue_decide(bench->queue, command, bench->now_ms, events, &count, NULL, &err) !=
        OK) {
        (void)fprintf(stderr, "core_bench: %s\n", err.text);
        abort();
    }
    for (size_t i = 0; i < count; i++) {
        queue_apply(bench->queue, &events[i]);
        if (bench->event_count < bench->event_capacity) {
            bench->journal[bench->event_count] = events[i];
            bench->event_count++;
        }
    }
}

static struct command command_of(enum verb verb)
{
    return (struct command){
        .verb = verb, .counter = SITE_NONE, .kiosk = SITE_NONE, .version = VERSION_ANY};
}

static void take(struct bench *bench, uint32_t round, uint32_t class_index)
{
    struct command command = command_of(VERB_TAKE);
    command.service = round % SERVICES;
    command.class_index = class_index;
    bench->now_ms += 500;
    act(bench, &command);
}

static void open_hall(struct bench *bench, const struct site *site)
{
    struct command command = command_of(VERB_CONFIGURE);
    command.site = site;
    act(bench, &command);
    command = command_of(VERB_OPEN_DAY);
    command.date = 20261123;
    act(bench, &command);
    command = command_of(VERB_OPEN_SERVICE);
    for (command.service = 0; command.service < SERVICES; command.service++) {
        act(bench, &command);
    }
    command = command_of(VERB_OPEN);
    for (command.counter = 0; command.counter < COUNTERS; command.counter++) {
        act(bench, &command);
    }
}

static void print_each(const char *what, int64_t started_ns, int64_t count)
{
    assert(count > 0);
    printf("%-52s %8" PRId64 " ns\n", what, (machine_ns() - started_ns) / count);
}

/* Finish and next at one counter after the other, and a new ticket for each called. */
static void cycle(struct bench *bench)
{
    int64_t started_ns = machine_ns();
    struct command command = command_of(VERB_CALL_NEXT);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        command.counter = i % COUNTERS;
        act(bench, &command);
        take(bench, i, 0);
    }
    print_each("finish, call next and take, decided and applied", started_ns, ROUNDS);
}

static void look(struct bench *bench)
{
    uint64_t sum = 0;
    int64_t started_ns = machine_ns();
    for (uint32_t i = 0; i < ROUNDS; i++) {
        sum += policy_next(bench->queue, i % COUNTERS, bench->now_ms).ticket;
    }
    print_each("who is next", started_ns, ROUNDS);
    started_ns = machine_ns();
    for (uint32_t i = 0; i < ROUNDS; i++) {
        sum += queue_people_ahead(bench->queue, i % SERVICES, 0, bench->now_ms);
    }
    print_each("people ahead of an ordinary ticket", started_ns, ROUNDS);
    started_ns = machine_ns();
    for (uint32_t i = 0; i < 1000; i++) {
        sum += queue_people_ahead(bench->queue, i % SERVICES, 1, bench->now_ms);
    }
    print_each("people ahead of a ticket with 30 minutes head start", started_ns, 1000);
    started_ns = machine_ns();
    for (uint32_t i = 0; i < 10; i++) {
        sum += queue_state_hash(bench->queue);
    }
    print_each("hash of the whole state", started_ns, 10);
    printf("%-52s %8u\n", "(tickets of the day)",
           (unsigned)queue_ticket_count(bench->queue));
    assert(sum != 0);
}

/* A start from the journal: the same events into a queue that is empty. */
static void replay(struct bench *bench)
{
    uint64_t before = queue_state_hash(bench->queue);
    int64_t started_ns = machine_ns();
    queue_reset(bench->queue, 0);
    for (size_t i = 0; i < bench->event_count; i++) {
        queue_apply(bench->queue, &bench->journal[i]);
    }
    print_each("replay of one event", started_ns, (int64_t)bench->event_count);
    printf("%-52s %8zu\n", "(events)", bench->event_count);
    if (queue_state_hash(bench->queue) != before) {
        (void)fprintf(stderr, "core_bench: the replay gives another state\n");
        abort();
    }
}

static int compare_times(const void *left, const void *right)
{
    const int64_t *a = left;
    const int64_t *b = right;
    return (*a > *b) - (*a < *b);
}

/* The median time of deciding one *call next* at one of 60 counters under the default
 * policy while so many people wait, every fifth of them with a head start. */
static void decide_with(const struct site *site, uint32_t waiting_count)
{
    struct bench bench = {.now_ms = 1, .queue = queue_create()};
    if (!bench.queue) {
        abort();
    }
    open_hall(&bench, site);
    for (uint32_t i = 0; i < waiting_count; i++) {
        take(&bench, i, i % 5 == 0 ? 1 : 0);
    }
    int64_t times[BATCHES];
    struct command command = command_of(VERB_CALL_NEXT);
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    for (uint32_t batch = 0; batch < BATCHES; batch++) {
        int64_t started_ns = machine_ns();
        for (uint32_t i = 0; i < BATCH_DECISIONS; i++) {
            command.counter = i % COUNTERS;
            if (queue_decide(bench.queue, &command, bench.now_ms, events, &count, NULL,
                             NULL) != OK) {
                abort();
            }
        }
        times[batch] = (machine_ns() - started_ns) / BATCH_DECISIONS;
    }
    qsort(times, BATCHES, sizeof(times[0]), compare_times);
    printf("call next decided, median, waiting %-17u %8" PRId64 " ns\n",
           (unsigned)waiting_count, times[BATCHES / 2]);
    queue_destroy(bench.queue);
}

int main(void)
{
    struct bench bench = {.now_ms = 1, .event_capacity = 200000};
    bench.journal = calloc(bench.event_capacity, sizeof(*bench.journal));
    struct site *site = make_site();
    long before_kib = resident_kib();
    bench.queue = queue_create();
    if (!bench.queue || !bench.journal) {
        abort();
    }
    open_hall(&bench, site);
    printf("%-52s %8ld KiB\n", "memory of an open hall without tickets",
           resident_kib() - before_kib);
    int64_t started_ns = machine_ns();
    for (uint32_t i = 0; i < WAITING; i++) {
        take(&bench, i, 0);
    }
    print_each("take, decided and applied", started_ns, WAITING);
    cycle(&bench);
    look(&bench);
    replay(&bench);
    static const uint32_t waiting_counts[] = {50, 500, 5000, 50000};
    for (uint32_t i = 0; i < sizeof(waiting_counts) / sizeof(waiting_counts[0]); i++) {
        decide_with(site, waiting_counts[i]);
    }
    queue_destroy(bench.queue);
    free(bench.journal);
    free(site);
    return 0;
}

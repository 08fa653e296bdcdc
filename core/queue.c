/* Making the queue and asking it for facts; see queue.h. */
#include "core/queue.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/queue_state.h"

struct queue *queue_create(void)
{
    struct queue *queue = calloc(1, sizeof(*queue));
    if (queue) {
        queue_reset(queue, 0);
    }
    return queue;
}

void queue_destroy(struct queue *queue)
{
    free(queue);
}

void queue_forget_tickets(struct queue *queue)
{
    assert(queue->ticket_count <= TICKETS_PER_DAY_MAX);
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = &queue->tickets[i];
        queue->numbers[queue->series[ticket->series].row][ticket->number] = TICKET_NONE;
    }
    if (queue->ticket_count > 0) {
        memset(&queue->tickets[1], 0, queue->ticket_count * sizeof(queue->tickets[0]));
    }
    queue->ticket_count = 0;
    queue->supervision = (struct supervision){0};
    queue->parked = (struct line){TICKET_NONE, TICKET_NONE};
    queue->held = (struct line){TICKET_NONE, TICKET_NONE};
    memset(queue->reserved, 0, sizeof(queue->reserved)); /* TICKET_NONE is 0 */
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        queue->series[i] = (struct series){.row = i};
        ordinal_sums_clear(&queue->waiting[i]);
        ordinal_sums_clear(&queue->passed[i]);
    }
}

void queue_reset(struct queue *queue, int64_t seq_before)
{
    assert(seq_before >= 0);
    queue_forget_tickets(queue);
    queue->seq = seq_before;
    queue->last_at_ms = 0;
    queue->epoch = 0;
    queue->clock_mode = CLOCK_REAL;
    queue->clock_factor = 1;
    queue->day = 0;
    queue->last_day = 0;
    queue->kept_count = 0;
    if (queue->has_site) {
        /* Not when there was none: the pages stay untouched. */
        memset(&queue->site, 0, sizeof(queue->site));
        memset(queue->counters, 0, sizeof(queue->counters));
    }
    queue->has_site = false;
}

int64_t queue_seq(const struct queue *queue)
{
    assert(queue->seq >= 0);
    return queue->seq;
}

int64_t queue_last_at_ms(const struct queue *queue)
{
    assert(queue->last_at_ms >= 0);
    return queue->last_at_ms;
}

int64_t queue_epoch(const struct queue *queue)
{
    assert(queue->epoch >= 0);
    return queue->epoch;
}

uint32_t queue_day(const struct queue *queue)
{
    assert(queue->day == 0 || queue->has_site);
    return queue->day;
}

uint32_t queue_last_day(const struct queue *queue)
{
    assert(queue->day == 0 || queue->day == queue->last_day);
    return queue->last_day;
}

enum clock_mode queue_clock_mode(const struct queue *queue)
{
    assert(queue->clock_mode < CLOCK_MODE_COUNT);
    return queue->clock_mode;
}

uint32_t queue_clock_factor(const struct queue *queue)
{
    assert(queue->clock_factor >= 1);
    return queue->clock_factor;
}

bool queue_has_site(const struct queue *queue)
{
    assert(queue);
    return queue->has_site;
}

const struct site *queue_site(const struct queue *queue)
{
    assert(queue->has_site);
    return &queue->site;
}

const struct counter *queue_counter(const struct queue *queue, uint32_t counter)
{
    assert(counter < queue->site.counter_count);
    return &queue->counters[counter];
}

bool queue_service_is_open(const struct queue *queue, uint32_t service)
{
    assert(service < queue->site.service_count);
    return queue->series[service].is_open;
}

uint32_t queue_waiting_count(const struct queue *queue, uint32_t service)
{
    assert(service < queue->site.service_count);
    const struct series *series = &queue->series[service];
    assert(series->uncounted_count <= series->waiting_count);
    return series->waiting_count - series->uncounted_count;
}

bool queue_has_waiting(const struct queue *queue, uint32_t service)
{
    assert(service < queue->site.service_count);
    return queue->series[service].waiting_count > 0;
}

/* A supervisor may have said otherwise for today; 0: as many as there are numbers. */
uint32_t queue_service_quota(const struct queue *queue, uint32_t service)
{
    assert(service < queue->site.service_count);
    const struct service_day *today = &queue->supervision.services[service];
    return today->has_quota ? today->quota
                            : queue->site.services[service].tickets_per_day;
}

uint32_t queue_service_given(const struct queue *queue, uint32_t service)
{
    assert(service < queue->site.service_count);
    const struct service *its = &queue->site.services[service];
    const struct series *series = &queue->series[service];
    /* The first number may have been changed during the day. */
    uint32_t given = series->last_number < its->first_number
                         ? 0
                         : series->last_number + 1 - its->first_number;
    return given - (given < series->beside_count ? given : series->beside_count);
}

bool queue_service_is_full(const struct queue *queue, uint32_t service)
{
    uint32_t quota = queue_service_quota(queue, service);
    return quota != 0 && queue_service_given(queue, service) >= quota;
}

uint32_t queue_ticket_count(const struct queue *queue)
{
    assert(queue->ticket_count <= TICKETS_PER_DAY_MAX);
    return queue->ticket_count;
}

const struct ticket *queue_ticket(const struct queue *queue, uint32_t ordinal)
{
    assert(ordinal >= 1 && ordinal <= queue->ticket_count);
    return &queue->tickets[ordinal];
}

struct ticket *queue_ticket_at(struct queue *queue, uint32_t ordinal)
{
    assert(ordinal >= 1 && ordinal <= queue->ticket_count);
    return &queue->tickets[ordinal];
}

/* The letters that begin a label, in upper case; returns how many, 0 when too many. */
static size_t read_letters(const char *label, char letters[LETTER_LENGTH_MAX + 1])
{
    assert(label && letters);
    size_t count = 0;
    for (;; count++) {
        char c = label[count];
        if (c >= 'a' && c <= 'z') {
            c = (char)(c - 'a' + 'A');
        }
        if (c < 'A' || c > 'Z') {
            break;
        }
        if (count == LETTER_LENGTH_MAX) {
            return 0;
        }
        letters[count] = c;
    }
    assert(count <= LETTER_LENGTH_MAX);
    letters[count] = '\0';
    return count;
}

/* The number that ends a label, or 0 where it is none of 1 to TICKET_NUMBER_MAX. */
static uint32_t read_number(const char *digits)
{
    assert(digits);
    uint32_t number = 0;
    for (; *digits != '\0'; digits++) {
        if (*digits < '0' || *digits > '9') {
            return 0;
        }
        number = number * 10 + (uint32_t)(*digits - '0');
        if (number > TICKET_NUMBER_MAX) {
            return 0;
        }
    }
    return number;
}

uint32_t queue_find_ticket(const struct queue *queue, const char *label)
{
    assert(queue && label);
    char letters[LETTER_LENGTH_MAX + 1];
    size_t length = read_letters(label, letters);
    uint32_t number = length == 0 ? 0 : read_number(label + length);
    if (number == 0 || !queue->has_site) {
        return TICKET_NONE;
    }
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        if (strcmp(queue->site.services[i].letter, letters) == 0) {
            return queue->numbers[queue->series[i].row][number];
        }
    }
    return TICKET_NONE;
}

uint64_t queue_counter_services(const struct queue *queue, uint32_t counter)
{
    assert(counter < queue->site.counter_count);
    uint32_t profile = queue->counters[counter].profile;
    assert(profile <= queue->site.profile_count);
    return profile != 0 ? queue->site.profiles[profile - 1].services
                        : queue->site.counters[counter].services;
}

const struct site_skills *queue_counter_skills(const struct queue *queue,
                                               uint32_t counter)
{
    assert(counter < queue->site.counter_count);
    uint32_t profile = queue->counters[counter].profile;
    return profile != 0 ? &queue->site.profiles[profile - 1].skills
                        : &queue->site.counters[counter].skills;
}

uint32_t queue_counter_policy(const struct queue *queue, uint32_t counter)
{
    assert(counter < queue->site.counter_count);
    uint32_t profile = queue->counters[counter].profile;
    uint32_t named = profile != 0 ? queue->site.profiles[profile - 1].policy : 0;
    named = named != 0 ? named : queue->site.counters[counter].policy;
    return named != 0 ? named : queue->site.policy;
}

uint32_t queue_open_counters(const struct queue *queue, uint32_t service)
{
    assert(service < queue->site.service_count);
    uint32_t open = 0;
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        bool serves = (queue_counter_services(queue, i) >> service & 1U) != 0;
        if (serves && counter_state_is_open(queue->counters[i].state)) {
            open++;
        }
    }
    return open;
}

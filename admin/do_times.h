/* Times of 'guichet do' that are of today at the office: "16:30". */
#ifndef GUICHET_ADMIN_DO_TIMES_H
#define GUICHET_ADMIN_DO_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct do_time {
    const char *given; /* NULL: not */
    int64_t *at_ms;    /* where it goes */
    bool is_of_today;  /* written as runtime/day_time says; else it is an instant */
};

/* Read the instants and mark the times of today. Returns the exit status: 0, or 2 after
 * telling on stderr what is no time. */
int do_times_read(struct do_time times[], size_t count);

/* Ask the server for its time and place, where a time of today is among them, and put
 * those in. Returns the exit status of server_ask_and_show(). */
int do_times_of_today(const char *identity_path, struct do_time times[], size_t count);

#endif

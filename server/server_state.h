/* The server's parts in one struct; private to server/. */
#ifndef GUICHET_SERVER_SERVER_STATE_H
#define GUICHET_SERVER_SERVER_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/clock.h"
#include "runtime/link.h"
#include "runtime/loop.h"
#include "runtime/zone.h"
#include "server/describe.h"
#include "server/intake.h"
#include "server/office.h"
#include "server/presence.h"
#include "server/publisher.h"
#include "server/schedule.h"
#include "server/server.h"

#define SERVER_VERSION "0.1.0"

struct server {
    struct loop *loop;
    struct loop_timer *tick_timer;
    struct loop_timer *flush_timer;
    struct loop_hook *commit_hook;
    struct link *link;
    struct office *office;
    struct office_clock clock;
    struct zone *zone;
    struct schedule schedule;
    struct intake intake;
    struct publisher *publisher;
    struct presence presence;
    struct server_status *status;    /* composed for the administrator */
    char prefix[16 + ID_LENGTH_MAX]; /* "guichet/v1/<site>/" */
    char own_status_topic[48 + ID_LENGTH_MAX];
    struct moment moment;
    int64_t seen_epoch; /* highest on the retained config */
    int64_t started_at_ms;
    bool has_epoch; /* this start's epoch is journalled */
    bool must_close_day;
    bool has_failed;
    struct error failure;
};

#endif

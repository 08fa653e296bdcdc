/* The kiosk's state; see visit.h. */
#include "kiosk/visit.h"

#include <assert.h>
#include <string.h>

#include "core/refusal.h"
#include "core/text.h"
#include "kiosk/basket.h"
#include "kiosk/errand.h"

static_assert(TOUCH_LANGUAGE + LANGUAGE_COUNT <= TOUCH_CONTRAST &&
                  TOUCH_SERVICE + SERVICES_MAX <= TOUCH_CLASS &&
                  TOUCH_CLASS + CLASSES_MAX <= TOUCH_SEVERAL &&
                  TOUCH_MORE + SERVICES_MAX <= TOUCH_LESS,
              "targets have identifiers of their own");

/* ---- what is known ---- */

const struct service_document *visit_service(const struct visit *visit, uint32_t index)
{
    assert(index < visit->site.service_count);
    for (size_t i = 0; i < visit->service_count; i++) {
        if (strcmp(visit->services[i].id, visit->site.services[index].id) == 0) {
            return &visit->services[i];
        }
    }
    return NULL;
}

bool visit_is_open(const struct visit *visit, uint32_t index)
{
    const struct service_document *service = visit_service(visit, index);
    return service && service->is_open && service->limit != SERVICE_LIMIT_FULL &&
           service->limit != SERVICE_LIMIT_CLOSING;
}

bool visit_is_reachable(const struct visit *visit, int64_t now_ms)
{
    return visit->has_site && visit->has_live_board &&
           now_ms - visit->live_at_ms <= VISIT_STALE_AFTER_MS;
}

bool visit_shows_sign(const struct visit *visit, int64_t now_ms)
{
    return visit->is_asking && visit->page != PAGE_UNREACHABLE &&
           now_ms - visit->asked_at_ms >= VISIT_SIGN_AFTER_MS;
}

/* Whether the next person would find everything as it is at first. */
static bool is_at_rest(const struct visit *visit)
{
    bool is_first_page = visit->page == PAGE_STARTING ||
                         visit->page == PAGE_UNREACHABLE ||
                         (visit->page == PAGE_SERVICES && visit->first_service == 0);
    return is_first_page && visit->class_index == 0 &&
           visit->language == visit->options.language &&
           visit->is_high_contrast == visit->options.is_high_contrast;
}

bool visit_is_over(const struct visit *visit)
{
    return is_at_rest(visit) && !visit->is_asking && visit->errand_count == 0 &&
           visit->paper != PAPER_PRINTING;
}

/* How long the page stands after the last touch. */
static int64_t page_ms(const struct visit *visit)
{
    bool is_short = visit->page == PAGE_CANCELLED || visit->page == PAGE_REFUSED ||
                    (visit->page == PAGE_TICKET && visit->paper == PAPER_PRINTED);
    return is_short ? VISIT_TICKET_MS : visit->options.idle_ms;
}

/* Machine time at which everything is put back; INT64_MAX: there is nothing to put. */
static int64_t idle_at_ms(const struct visit *visit)
{
    bool waits = visit->is_asking && visit->page != PAGE_UNREACHABLE;
    if (waits || is_at_rest(visit)) {
        return INT64_MAX;
    }
    return visit->touched_at_ms + page_ms(visit);
}

/* Machine time of the question whether somebody is there; INT64_MAX: none is asked. A
 * page that stands for a short time, with nothing to lose, does not ask. */
static int64_t warn_at_ms(const struct visit *visit)
{
    int64_t idle_ms = idle_at_ms(visit);
    bool asks = idle_ms != INT64_MAX && page_ms(visit) == visit->options.idle_ms &&
                visit->page != PAGE_UNREACHABLE;
    return asks ? idle_ms - VISIT_WARN_MS : INT64_MAX;
}

bool visit_shows_warning(const struct visit *visit, int64_t now_ms)
{
    return now_ms >= warn_at_ms(visit);
}

uint32_t visit_warning_s(const struct visit *visit, int64_t now_ms)
{
    if (!visit_shows_warning(visit, now_ms)) {
        return 0;
    }
    int64_t left_ms = idle_at_ms(visit) - now_ms;
    return left_ms > 0 ? (uint32_t)((left_ms + 999) / 1000) : 1; /* it ends just now */
}

int64_t visit_office_ms(const struct visit *visit, int64_t now_ms)
{
    if (!visit->has_live_board) {
        return 0;
    }
    return visit->office_ms + (now_ms - visit->live_at_ms) * visit->factor;
}

static void earlier(int64_t *at_ms, int64_t other_ms, int64_t now_ms)
{
    if (other_ms > now_ms && other_ms < *at_ms) {
        *at_ms = other_ms;
    }
}

int64_t visit_wake_ms(const struct visit *visit, int64_t now_ms)
{
    int64_t at_ms = INT64_MAX;
    if (visit->page == PAGE_STARTING) {
        earlier(&at_ms, visit->started_at_ms + VISIT_STALE_AFTER_MS, now_ms);
    }
    if (visit->has_live_board) {
        earlier(&at_ms, visit->live_at_ms + VISIT_STALE_AFTER_MS + 1, now_ms);
    }
    if (visit->has_live_board && visit->factor > 0) {
        int64_t into_minute_ms = visit_office_ms(visit, now_ms) % 60000;
        earlier(&at_ms, now_ms + (60000 - into_minute_ms) / visit->factor + 1, now_ms);
    }
    if (visit->is_asking) {
        earlier(&at_ms, visit->asked_at_ms + VISIT_SIGN_AFTER_MS, now_ms);
        earlier(&at_ms, visit->asked_at_ms + VISIT_GIVE_UP_AFTER_MS, now_ms);
    }
    if (visit->turned_due_ms != 0) {
        earlier(&at_ms, visit->turned_due_ms, now_ms);
    }
    earlier(&at_ms, warn_at_ms(visit), now_ms);
    earlier(&at_ms, idle_at_ms(visit), now_ms);
    uint32_t left_s = visit_warning_s(visit, now_ms);
    if (left_s > 1) { /* the countdown's next second */
        earlier(&at_ms, idle_at_ms(visit) - (int64_t)(left_s - 1) * 1000, now_ms);
    }
    return at_ms;
}

/* ---- pages ---- */

static void go(struct visit *visit, enum page page, int64_t now_ms)
{
    visit->page = page;
    visit->touched_at_ms = now_ms;
}

/* To the first page, or to what stands for it while there is no server. */
static void go_home(struct visit *visit, int64_t now_ms)
{
    bool is_reachable = visit_is_reachable(visit, now_ms);
    go(visit, is_reachable && !visit->is_asking ? PAGE_SERVICES : PAGE_UNREACHABLE,
       now_ms);
    visit->first_service = 0;
    visit->basket_count = 0;
}

/* Forget the person who was here. */
static void end_visit(struct visit *visit, int64_t now_ms)
{
    go_home(visit, now_ms);
    visit->language = visit->options.language;
    visit->is_high_contrast = visit->options.is_high_contrast;
    visit->class_index = 0;
}

/* Pages on which something is chosen make sense only while the server is there. */
static void settle(struct visit *visit, int64_t now_ms)
{
    bool is_reachable = visit_is_reachable(visit, now_ms);
    bool needs_server = visit->page == PAGE_SERVICES || visit->page == PAGE_PRIORITY ||
                        visit->page == PAGE_ANOTHER || visit->page == PAGE_SURE ||
                        visit->page == PAGE_SEVERAL;
    if (visit->page == PAGE_STARTING) {
        if ((is_reachable && !visit->is_asking) ||
            now_ms - visit->started_at_ms >= VISIT_STALE_AFTER_MS) {
            go_home(visit, now_ms);
        }
    } else if (needs_server && !is_reachable && !visit->is_asking) {
        visit->class_index = 0;
        go_home(visit, now_ms);
    } else if (visit->page == PAGE_UNREACHABLE && is_reachable && !visit->is_asking) {
        go_home(visit, now_ms);
    }
}

static bool wants_command(const struct visit *visit)
{
    return (visit->is_asking && !visit->is_sent) || visit->errand_count > 0;
}

static struct visit_step changed(const struct visit *visit)
{
    return (struct visit_step){.is_changed = true, .has_command = wants_command(visit)};
}

void visit_init(struct visit *visit, const struct visit_options *options, int64_t now_ms)
{
    memset(visit, 0, sizeof(*visit));
    visit->options = *options;
    visit->language = options->language;
    visit->is_high_contrast = options->is_high_contrast;
    visit->started_at_ms = now_ms;
    visit->touched_at_ms = now_ms;
    visit->services_per_page = 1;
}

void visit_set_page_size(struct visit *visit, uint32_t services_per_page)
{
    assert(services_per_page >= 1);
    visit->services_per_page = services_per_page;
    visit->first_service -= visit->first_service % services_per_page;
}

/* ---- messages ---- */

struct visit_step visit_set_site(struct visit *visit, const struct site *site)
{
    visit->site = *site;
    visit->has_site = true;
    visit->first_service = 0;
    if (visit->class_index >= site->class_count) {
        visit->class_index = 0;
    }
    /* The indexes of a page that asks may mean other things now. */
    visit->basket_count = 0;
    if (visit->page == PAGE_PRIORITY || visit->page == PAGE_ANOTHER ||
        visit->page == PAGE_SEVERAL) {
        visit->page = PAGE_SERVICES;
        visit->class_index = 0;
    }
    size_t kept_count = 0;
    for (size_t i = 0; i < visit->service_count; i++) {
        if (site_find_service(site, visit->services[i].id) != SITE_NONE) {
            visit->services[kept_count] = visit->services[i];
            kept_count++;
        }
    }
    visit->service_count = kept_count;
    return changed(visit);
}

struct visit_step visit_set_service(struct visit *visit,
                                    const struct service_document *service)
{
    size_t i = 0;
    while (i < visit->service_count && strcmp(visit->services[i].id, service->id) != 0) {
        i++;
    }
    bool is_new = i == visit->service_count;
    if (is_new ? i == SERVICES_MAX : service->epoch < visit->services[i].epoch) {
        return (struct visit_step){0};
    }
    visit->services[i] = *service;
    visit->service_count += is_new;
    basket_settle(visit);
    return changed(visit);
}

struct visit_step visit_set_board(struct visit *visit, const struct board_document *board,
                                  bool is_retained, int64_t now_ms)
{
    if (is_retained || (visit->has_live_board && board->epoch < visit->epoch)) {
        return (struct visit_step){0};
    }
    bool goes_on = board->clock == CLOCK_REAL || board->clock == CLOCK_SCALED;
    int64_t minute_before = visit_office_ms(visit, now_ms) / 60000;
    enum page page_before = visit->page;
    visit->has_live_board = true;
    visit->live_at_ms = now_ms;
    visit->epoch = board->epoch;
    visit->office_ms = board->at_ms;
    visit->factor = goes_on ? board->factor : 0;
    bool is_told = strcmp(visit->message.words.in[visit->language],
                          board->message.words.in[visit->language]) != 0;
    visit->message = board->message;
    settle(visit, now_ms);
    return (struct visit_step){.is_changed = visit->page != page_before || is_told ||
                                             board->at_ms / 60000 != minute_before};
}

const char *visit_message(const struct visit *visit, int64_t now_ms)
{
    return visit_is_reachable(visit, now_ms) ? visit->message.words.in[visit->language]
                                             : "";
}

/* ---- touches ---- */

static void ask(struct visit *visit, enum verb verb, int64_t now_ms)
{
    visit->is_asking = true;
    visit->is_sent = false;
    visit->is_for_nobody = false;
    visit->asked_verb = verb;
    visit->asked_at_ms = now_ms;
}

/* Ask for a ticket, at once or, soon after another one, when that is really meant. */
static void want_ticket(struct visit *visit, int64_t now_ms)
{
    visit->is_burst = false;
    visit->is_confirmed = false;
    bool is_soon =
        visit->has_ticket && now_ms - visit->ticket_at_ms < visit->options.same_person_ms;
    if (is_soon) {
        go(visit, PAGE_ANOTHER, now_ms);
        return;
    }
    ask(visit, VERB_TAKE, now_ms);
}

static void touch_service(struct visit *visit, uint32_t index, int64_t now_ms)
{
    if (visit_is_open(visit, index)) {
        visit->asked_service = index;
        want_ticket(visit, now_ms);
    }
}

/* The pages on which services are shown turn in the same way. */
static void turn_page(struct visit *visit, int target)
{
    if (target == TOUCH_NEXT &&
        visit->first_service + visit->services_per_page < visit->site.service_count) {
        visit->first_service += visit->services_per_page;
    } else if (target == TOUCH_PREVIOUS) {
        bool is_first = visit->first_service < visit->services_per_page;
        visit->first_service -=
            is_first ? visit->first_service : visit->services_per_page;
    }
}

static void touch_services_page(struct visit *visit, int target, int64_t now_ms)
{
    uint32_t service_count = visit->site.service_count;
    if (target >= TOUCH_SERVICE && target < TOUCH_SERVICE + (int)service_count) {
        touch_service(visit, (uint32_t)(target - TOUCH_SERVICE), now_ms);
    } else if (target == TOUCH_NEXT || target == TOUCH_PREVIOUS) {
        turn_page(visit, target);
    } else if (target == TOUCH_SEVERAL && visit_offers_several(visit)) {
        go(visit, PAGE_SEVERAL, now_ms);
        visit->first_service = 0;
    } else if (target == TOUCH_PRIORITY) {
        go(visit, PAGE_PRIORITY, now_ms);
    } else if (target == TOUCH_NO_PRIORITY) {
        visit->class_index = 0;
    }
}

static void touch_page(struct visit *visit, int target, int64_t now_ms)
{
    uint32_t class_count = visit->site.class_count;
    if (visit->page == PAGE_SERVICES) {
        touch_services_page(visit, target, now_ms);
    } else if (target == TOUCH_BACK) {
        go_home(visit, now_ms);
    } else if (visit->page == PAGE_SEVERAL) {
        turn_page(visit, target);
        if (basket_touch(visit, target)) {
            want_ticket(visit, now_ms);
        }
    } else if (visit->page == PAGE_PRIORITY && target >= TOUCH_CLASS &&
               target < TOUCH_CLASS + (int)class_count) {
        visit->class_index = (uint32_t)(target - TOUCH_CLASS);
        go_home(visit, now_ms);
    } else if (visit->page == PAGE_PRIORITY && target == TOUCH_NO_PRIORITY) {
        visit->class_index = 0;
        go_home(visit, now_ms);
    } else if (visit->page == PAGE_ANOTHER && target == TOUCH_YES) {
        go(visit, PAGE_SERVICES, now_ms);
        visit->is_confirmed = true;
        ask(visit, VERB_TAKE, now_ms);
    } else if (visit->page == PAGE_ANOTHER && target == TOUCH_NO) {
        end_visit(visit, now_ms);
    } else if (visit->page == PAGE_TICKET && target == TOUCH_CANCEL) {
        go(visit, PAGE_SURE, now_ms);
    } else if (visit->page == PAGE_SURE && target == TOUCH_NO) {
        go(visit, PAGE_TICKET, now_ms);
    } else if (visit->page == PAGE_SURE && target == TOUCH_YES) {
        ask(visit, VERB_CANCEL, now_ms);
    }
}

struct visit_step visit_touch(struct visit *visit, int target, int64_t now_ms)
{
    bool was_warned = visit_shows_warning(visit, now_ms);
    visit->touched_at_ms = now_ms;
    if (target >= TOUCH_LANGUAGE && target < TOUCH_LANGUAGE + LANGUAGE_COUNT) {
        visit->language = (enum language)(target - TOUCH_LANGUAGE);
    } else if (target == TOUCH_CONTRAST) {
        visit->is_high_contrast = !visit->is_high_contrast;
    } else if (visit->is_asking || target == TOUCH_NONE || target == TOUCH_STAY) {
        return (struct visit_step){.is_changed = was_warned};
    } else {
        touch_page(visit, target, now_ms);
    }
    return changed(visit);
}

/* ---- time ---- */

struct visit_step visit_time(struct visit *visit, int64_t now_ms)
{
    enum page page_before = visit->page;
    if (visit->is_asking && visit->page != PAGE_UNREACHABLE &&
        now_ms - visit->asked_at_ms >= VISIT_GIVE_UP_AFTER_MS) {
        visit->class_index = 0;
        go(visit, PAGE_UNREACHABLE, now_ms);
    }
    bool is_over = now_ms >= idle_at_ms(visit);
    if (is_over) {
        end_visit(visit, now_ms);
    }
    settle(visit, now_ms);
    errand_add_turned(visit, now_ms);
    struct visit_step step = changed(visit);
    step.is_changed = is_over || visit->page != page_before;
    return step;
}

/* ---- commands ---- */

bool visit_next_command(struct visit *visit, struct command_document *ret_command)
{
    bool is_person = visit->is_asking && !visit->is_sent;
    if (visit->errand_is_sent || (visit->is_asking && visit->is_sent) ||
        (!is_person && visit->errand_count == 0)) {
        return false;
    }
    struct command_document command = {.action = ACTION_QUEUE};
    if (!is_person) {
        errand_fill(visit, &command);
    } else if (visit->asked_verb == VERB_CANCEL) {
        command.verb = VERB_CANCEL;
        (void)text_copy(command.ticket, sizeof(command.ticket), visit->ticket.label);
        visit->is_sent = true;
    } else {
        command.verb = VERB_TAKE;
        command.language = visit->language;
        command.is_confirmed = visit->is_confirmed;
        const struct site *site = &visit->site;
        if (visit->basket_count > 0) {
            basket_fill(visit, &command);
        } else {
            (void)text_copy(command.service, sizeof(command.service),
                            site->services[visit->asked_service].id);
        }
        (void)text_copy(command.class_id, sizeof(command.class_id),
                        site->classes[visit->class_index].id);
        visit->is_sent = true;
    }
    *ret_command = command;
    return true;
}

static void show_ticket(struct visit *visit, const struct reply_ticket *ticket,
                        int64_t now_ms)
{
    visit->ticket = *ticket;
    visit->has_ticket = true;
    visit->ticket_at_ms = now_ms;
    visit->class_index = 0; /* it was for this ticket */
    visit->basket_count = 0;
    visit->paper = visit->options.has_printer ? PAPER_PRINTING : PAPER_NONE;
    go(visit, PAGE_TICKET, now_ms);
}

static void show_refusal(struct visit *visit, const char *code, int64_t now_ms)
{
    visit->is_burst =
        visit->asked_verb == VERB_TAKE && strcmp(code, refusal_code(REFUSAL_BURST)) == 0;
    if (visit->is_burst) {
        go(visit, PAGE_ANOTHER, now_ms);
        return;
    }
    (void)text_copy(visit->refusal, sizeof(visit->refusal), code);
    go(visit, PAGE_REFUSED, now_ms);
}

struct visit_step visit_answered(struct visit *visit, const struct reply_document *reply,
                                 int64_t now_ms)
{
    if (visit->errand_is_sent) {
        errand_answered(visit, reply, now_ms);
        return (struct visit_step){.has_command = wants_command(visit)};
    }
    if (!visit->is_asking || !visit->is_sent) {
        return (struct visit_step){0};
    }
    bool is_late = visit->is_for_nobody || now_ms - visit->asked_at_ms > VISIT_WAITS_MS;
    bool has_ticket = visit->asked_verb == VERB_TAKE && reply->is_ok && reply->has_ticket;
    visit->is_asking = false;
    visit->is_sent = false;
    if (is_late) {
        if (has_ticket) {
            errand_add_cancel(visit, reply->ticket.label);
        }
        end_visit(visit, now_ms);
        return changed(visit);
    }
    if (has_ticket) {
        show_ticket(visit, &reply->ticket, now_ms);
    } else if (reply->is_ok) {
        go(visit, PAGE_CANCELLED, now_ms);
    } else {
        show_refusal(visit, reply->code, now_ms);
    }
    struct visit_step step = changed(visit);
    step.must_print = has_ticket && visit->options.has_printer;
    return step;
}

struct visit_step visit_not_stored(struct visit *visit, int64_t now_ms)
{
    if (visit->errand_is_sent) {
        errand_end(visit);
        return (struct visit_step){.has_command = wants_command(visit)};
    }
    visit->is_asking = false;
    visit->is_sent = false;
    show_refusal(visit, "unavailable", now_ms);
    return changed(visit);
}

void visit_resume(struct visit *visit, const struct command_document *command,
                  int64_t age_ms, int64_t now_ms)
{
    if (command->verb != VERB_TAKE) {
        struct errand errand = {.verb = command->verb, .print = command->print};
        (void)text_copy(errand.ticket, sizeof(errand.ticket), command->ticket);
        errand_add(visit, &errand);
        visit->errand_is_sent = true;
        return;
    }
    ask(visit, VERB_TAKE, now_ms);
    visit->is_sent = true;
    visit->is_for_nobody = age_ms < 0 || age_ms > VISIT_WAITS_MS;
    if (!visit->is_for_nobody) {
        visit->asked_at_ms = now_ms - age_ms;
        visit->language = command->language;
    }
}

struct visit_step visit_printed(struct visit *visit, const char *ticket,
                                enum print_state print)
{
    struct errand errand = {.verb = VERB_PRINTED, .print = print};
    (void)text_copy(errand.ticket, sizeof(errand.ticket), ticket);
    errand_add(visit, &errand);
    struct visit_step step = {.has_command = true};
    if (visit->has_ticket && strcmp(visit->ticket.label, ticket) == 0) {
        visit->paper = print == PRINT_PRINTED ? PAPER_PRINTED : PAPER_FAILED;
        step.is_changed = true;
    }
    return step;
}

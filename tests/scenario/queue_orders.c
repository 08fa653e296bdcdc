/* What supervisors order, on the stage made of the queue; see queue_parts.h. */
#include "queue_parts.h"

#include "core/text.h"

#define MINUTE_MS 60000

enum status order_service(struct stage *stage, const struct step *step, struct error *err)
{
    struct command command = parts_command(step->verb);
    enum status status = setting_find_service(queue_site(stage->queue), step->service,
                                              &command.service, err);
    return status == OK ? parts_do(stage, &command, err) : status;
}

enum status order_line(struct stage *stage, const struct step *step, struct error *err)
{
    const struct site *site = queue_site(stage->queue);
    struct command command = parts_command(step->verb);
    command.service = SITE_NONE;
    command.outcome = ticket_state_find(step->word);
    (void)text_copy(command.reason, sizeof(command.reason), "scenario"); /* fits */
    enum status status = OK;
    if (step->service[0] != '\0') {
        status = setting_find_service(site, step->service, &command.service, err);
    }
    if (status == OK && step->to_service[0] != '\0') {
        status = setting_find_service(site, step->to_service, &command.to_service, err);
    }
    if (status == OK) {
        status = parts_do(stage, &command, err);
    }
    struct stage_reply reply = stage->reply;
    command.is_more = true;
    command.number = queue_ticket_count(stage->queue);
    enum status more = status;
    while (more == OK) {
        more = parts_do(stage, &command, err);
    }
    stage->reply = reply;
    return status;
}

enum status order_today(struct stage *stage, const struct step *step, struct error *err)
{
    struct command command = parts_command(step->verb);
    command.number = step->number;
    command.until_ms = stage->setting.now_ms + (int64_t)step->number * MINUTE_MS;
    enum status status = setting_find_service(queue_site(stage->queue), step->service,
                                              &command.service, err);
    return status == OK ? parts_do(stage, &command, err) : status;
}

enum status order_exceptional(struct stage *stage, const struct step *step,
                              struct error *err)
{
    struct command command = parts_command(VERB_EXCEPTIONAL);
    command.is_on = step->number > 0;
    command.service = SITE_NONE;
    command.until_ms = stage->setting.now_ms + (int64_t)step->number * MINUTE_MS;
    (void)text_copy(command.words.in[LANGUAGE_FR], DETAIL_LENGTH_MAX + 1,
                    step->word); /* fits */
    enum status status = OK;
    if (step->service[0] != '\0') {
        status = setting_find_service(queue_site(stage->queue), step->service,
                                      &command.service, err);
    }
    return status == OK ? parts_do(stage, &command, err) : status;
}

enum status order_remark(struct stage *stage, const struct step *step, struct error *err)
{
    struct command command = parts_command(step->verb);
    command.service = SITE_NONE;
    command.number = step->number;
    command.until_ms = stage->setting.now_ms;
    command.from_ms = command.until_ms - (int64_t)step->number * MINUTE_MS;
    (void)text_copy(command.reason, sizeof(command.reason), step->word); /* fits */
    return parts_do(stage, &command, err);
}

enum status order_words(struct stage *stage, const struct step *step, struct error *err)
{
    struct command command = parts_command(VERB_MESSAGE);
    command.hall = SITE_NONE;
    (void)text_copy(command.words.in[LANGUAGE_FR], DETAIL_LENGTH_MAX + 1,
                    step->word); /* fits */
    if (step->number > 0) {
        command.until_ms = stage->setting.now_ms + (int64_t)step->number * MINUTE_MS;
    }
    return parts_do(stage, &command, err);
}

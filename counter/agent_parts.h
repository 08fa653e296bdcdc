/* What the files of the agent's state share. Used by counter/agent*.c only. */
#ifndef GUICHET_COUNTER_AGENT_PARTS_H
#define GUICHET_COUNTER_AGENT_PARTS_H

#include "counter/agent.h"

/* A command with what every one of a counter carries. */
void agent_start_command(const struct agent *agent, enum verb verb,
                         struct command_document *ret_command);

void agent_open_dialogue(struct agent *agent, enum agent_dialogue dialogue);

/* Whether there is somebody at the counter, of a service that the site still has. */
bool agent_has_visitor(const struct agent *agent);

/* The dialogue of sending on (agent_transfer.c). A letter names the service that has it;
 * digits name a counter by its label, 0 any. Pressing returns true when its command comes
 * out. */
void agent_open_transfer(struct agent *agent);
void agent_type_in_transfer(struct agent *agent, char key);
bool agent_press_in_transfer(struct agent *agent, enum agent_action action,
                             int64_t now_ms, struct command_document *ret_command);

/* The dialogue of what a service was about (agent_matter.c). `then` is pressed when the
 * note is recorded. Digits name products, letters precisions. */
bool agent_can_note(const struct agent *agent, enum agent_action action);
void agent_open_matter(struct agent *agent, enum agent_action then);
void agent_type_in_matter(struct agent *agent, char key);
bool agent_press_in_matter(struct agent *agent, enum agent_action action,
                           struct command_document *ret_command);

/* Whether the press would end a service whose topic must be said first. */
bool agent_asks_matter(const struct agent *agent, enum agent_action action,
                       int64_t now_ms);

/* Signing in (agent_sign_in.c): the number, then the code, both in digits. */
bool agent_can_sign_in(const struct agent *agent, enum agent_action action);
void agent_open_sign_in(struct agent *agent);
void agent_type_in_sign_in(struct agent *agent, char key);
bool agent_press_in_sign_in(struct agent *agent, enum agent_action action,
                            struct command_document *ret_command);

/* Whether the press would open a counter that needs somebody signed in. */
bool agent_asks_sign_in(const struct agent *agent, enum agent_action action);

/* Somebody without a ticket (agent_walk_in.c). Pressing returns true when its command
 * comes out, which is at once where the counter gives one service. */
bool agent_can_walk_in(const struct agent *agent, enum agent_action action);
bool agent_press_walk_in(struct agent *agent, struct command_document *ret_command);
void agent_type_in_walk_in(struct agent *agent, char key);
bool agent_press_in_walk_in(struct agent *agent, enum agent_action action,
                            struct command_document *ret_command);

/* Why the ticket that is typed is called. */
bool agent_press_choice_reason(struct agent *agent, enum agent_action action,
                               struct command_document *ret_command);

#endif

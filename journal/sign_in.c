/* Whom a sign-in stands for; see journal.h. Kept beside the events and deleted without
 * touching their chain. */
#include <assert.h>

#include "core/text.h"
#include "journal/journal_private.h"

enum status journal_keep_sign_in(struct journal *journal, uint64_t token,
                                 const char *agent, int64_t at_ms, struct error *err)
{
    assert(journal->is_in_transaction);
    const char *const sql[] = {
        "INSERT INTO sign_in (agent_token, agent, at) VALUES (?, ?, ?)"};
    const struct value values[] = {value_integer((int64_t)token), value_text(agent),
                                   value_integer(at_ms)};
    sqlite3_stmt *statement = NULL;
    enum status status = database_prepare(journal->db, sql, 1, &statement, err);
    if (status == OK) {
        status = database_execute(statement, values, 3, NULL, err);
    }
    database_finish(&statement, 1);
    return status == OK ? OK : error_wrap(err, "cannot keep a sign-in");
}

enum status journal_find_sign_in(struct journal *journal, uint64_t token,
                                 char ret_agent[ID_LENGTH_MAX + 1], struct error *err)
{
    const char *const sql[] = {"SELECT agent FROM sign_in WHERE agent_token = ?"};
    const struct value values[] = {value_integer((int64_t)token)};
    sqlite3_stmt *statement = NULL;
    bool has_row = false;
    ret_agent[0] = '\0';
    enum status status = database_prepare(journal->db, sql, 1, &statement, err);
    status = status == OK ? database_bind(statement, values, 1, err) : status;
    status = status == OK ? database_step(statement, &has_row, err) : status;
    if (status == OK && has_row) {
        const char *agent = (const char *)sqlite3_column_text(statement, 0);
        bool fits = agent && text_copy(ret_agent, ID_LENGTH_MAX + 1, agent);
        status = fits ? OK : error_set(err, ERR_CORRUPT, "an agent is not one");
    }
    database_finish(&statement, 1);
    return status == OK ? OK : error_wrap(err, "cannot look a sign-in up");
}

enum status journal_forget_sign_ins(struct journal *journal, int64_t before_ms,
                                    struct error *err)
{
    assert(journal->is_in_transaction);
    const char *const sql[] = {"DELETE FROM sign_in WHERE at < ?"};
    const struct value values[] = {value_integer(before_ms)};
    sqlite3_stmt *statement = NULL;
    enum status status = database_prepare(journal->db, sql, 1, &statement, err);
    if (status == OK) {
        status = database_execute(statement, values, 1, NULL, err);
    }
    database_finish(&statement, 1);
    return status == OK ? OK : error_wrap(err, "cannot forget sign-ins");
}

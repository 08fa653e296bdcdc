/* What printer.c (the caller's side) and printer_helper.c (the thread) share. Private to
 * the two. */
#ifndef GUICHET_PRINTING_PRINTER_PRIVATE_H
#define GUICHET_PRINTING_PRINTER_PRIVATE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "printing/printer.h"

#define HELPER_LINE_BYTES 640
#define HELPER_PATH_BYTES 512

struct print_job {
    struct print_job *next;
    char id[PRINT_ID_BYTES];
    unsigned char *message; /* the line and the document, as they go to the helper */
    size_t length;
};

/* Something to tell: about a job, or the condition. */
struct printer_news {
    struct printer_news *next;
    char id[PRINT_ID_BYTES]; /* empty: the condition */
    enum print_job_state state;
    enum printer_health health;
    enum paper_level paper;
    char reason[PRINT_REASON_BYTES];
};

/* The thread's own view of the helper. */
struct helper_process {
    pid_t id;   /* 0: none runs */
    int socket; /* -1: none */
    char line[HELPER_LINE_BYTES];
    size_t line_length;
    struct print_job *job; /* in the helper's hands; NULL: it is free */
    size_t sent;           /* bytes of the job's message */
    int64_t kill_at_ms;    /* when a helper that says nothing more is ended; of the job */
    int64_t start_at_ms;   /* when the next helper may start */
    int64_t pause_ms;      /* between starts; doubles */
};

struct printer {
    struct printer_handlers handlers;
    void (*wake)(void *data);
    void *wake_data;
    char queue[128];
    char server[256];
    char helper_path[HELPER_PATH_BYTES];
    char timeout_text[16];
    char health_text[16];
    int64_t timeout_ms;
    int call_fd; /* eventfd: the thread has something to do */
    int news_fd; /* eventfd: the caller has something to dispatch */
    pthread_t thread;
    bool has_thread;
    struct helper_process helper; /* of the thread */
    struct printer_news last;     /* of the thread: the condition told last */
    bool has_last;

    pthread_mutex_t mutex; /* of all below */
    struct print_job *jobs;
    struct printer_news *news;
    size_t job_count; /* without their final report */
    pid_t helper_id;
    bool is_stopping;
};

/* The thread. */
void *printer_run(void *data);

/* Tell the caller; takes the lock. A final state frees the job's place. */
void printer_tell(struct printer *printer, const struct printer_news *news);

#endif

/* Plays chimes and voice clips one after the other; none is ever cut by the next. The
 * sound device is opened with the first clip and closed when it has been silent for a
 * while, so that an idle hall costs nothing. Without a device everything goes on in
 * silence. */
#ifndef GUICHET_UI_SOUND_H
#define GUICHET_UI_SOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* Longest clip, and most sound that may wait: what comes beyond is refused. */
#define SOUND_CLIP_MS_MAX  30000
#define SOUND_QUEUE_MS_MAX 120000

struct sound;
struct sound_clip;

/* NULL when memory is out. sound_destroy() stops what plays and accepts NULL. */
struct sound *sound_create(void);
void sound_destroy(struct sound *sound);

/* Read the WAV file `path` (any rate, mono or stereo, up to SOUND_CLIP_MS_MAX). The
 * caller ends it with sound_clip_destroy(), which accepts NULL. Fails with ERR_IO or
 * ERR_INVALID. */
enum status sound_clip_load(const char *path, struct sound_clip **ret_clip,
                            struct error *err);
void sound_clip_destroy(struct sound_clip *clip);

/* How long the clip lasts, in milliseconds. */
int sound_clip_ms(const struct sound_clip *clip);

/* Play `clip` after what is still playing, at `volume` percent (0 to 100). The clip is
 * copied. ERR_UNAVAILABLE when there is no working device: told once, then OK until a
 * device works again, so that a log gets one sentence. ERR_LIMIT when too much is
 * waiting. */
enum status sound_play(struct sound *sound, const struct sound_clip *clip, int volume,
                       struct error *err);

/* Whether something is still to be heard. Call it now and then while it says so (every
 * second is enough); `now_ms` is machine time, by which the silent device is closed. */
bool sound_is_playing(struct sound *sound, int64_t now_ms);

/* Forget what is waiting and stop at once. */
void sound_stop(struct sound *sound);

#endif

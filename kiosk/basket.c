/* See basket.h. */
#include "kiosk/basket.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

bool visit_offers_several(const struct visit *visit)
{
    return visit->has_site && visit->site.services_per_visit > 1;
}

/* Place of the service among what is chosen, or basket_count. */
static uint32_t place_of(const struct visit *visit, uint32_t index)
{
    uint32_t place = 0;
    while (place < visit->basket_count && visit->basket[place].service != index) {
        place++;
    }
    return place;
}

uint32_t visit_quantity(const struct visit *visit, uint32_t index)
{
    uint32_t place = place_of(visit, index);
    return place == visit->basket_count ? 0 : visit->basket[place].quantity;
}

bool visit_can_add(const struct visit *visit, uint32_t index)
{
    bool has_room = visit_quantity(visit, index) > 0
                        ? visit_quantity(visit, index) < QUANTITY_MAX
                        : visit->basket_count < visit->site.services_per_visit;
    return has_room && visit_is_open(visit, index);
}

static void remove_at(struct visit *visit, uint32_t place)
{
    assert(place < visit->basket_count);
    visit->basket_count--;
    memmove(&visit->basket[place], &visit->basket[place + 1],
            (visit->basket_count - place) * sizeof(visit->basket[0]));
}

static void add(struct visit *visit, uint32_t index)
{
    if (!visit_can_add(visit, index)) {
        return;
    }
    uint32_t place = place_of(visit, index);
    if (place == visit->basket_count) {
        visit->basket[place].service = index;
        visit->basket[place].quantity = 0;
        visit->basket_count++;
    }
    visit->basket[place].quantity++;
}

static void take_away(struct visit *visit, uint32_t index)
{
    uint32_t place = place_of(visit, index);
    if (place == visit->basket_count) {
        return;
    }
    visit->basket[place].quantity--;
    if (visit->basket[place].quantity == 0) {
        remove_at(visit, place);
    }
}

bool basket_touch(struct visit *visit, int target)
{
    int count = (int)visit->site.service_count;
    if (target >= TOUCH_MORE && target < TOUCH_MORE + count) {
        add(visit, (uint32_t)(target - TOUCH_MORE));
    } else if (target >= TOUCH_LESS && target < TOUCH_LESS + count) {
        take_away(visit, (uint32_t)(target - TOUCH_LESS));
    }
    return target == TOUCH_TAKE && visit->basket_count > 0;
}

void basket_settle(struct visit *visit)
{
    for (uint32_t i = visit->basket_count; i > 0; i--) {
        if (!visit_is_open(visit, visit->basket[i - 1].service)) {
            remove_at(visit, i - 1);
        }
    }
}

void basket_fill(const struct visit *visit, struct command_document *command)
{
    assert(visit->basket_count > 0 && visit->basket_count <= 1 + FURTHER_MAX);
    const struct site *site = &visit->site;
    bool fits = text_copy(command->service, sizeof(command->service),
                          site->services[visit->basket[0].service].id);
    command->asked.quantity = visit->basket[0].quantity;
    for (uint32_t i = 1; i < visit->basket_count; i++) {
        struct asked_service *further = &command->asked.further[i - 1];
        fits = fits && text_copy(further->service, sizeof(further->service),
                                 site->services[visit->basket[i].service].id);
        further->quantity = visit->basket[i].quantity;
        command->asked.further_count++;
    }
    assert(fits); /* ids of one length */
    (void)fits;   /* asserted */
}

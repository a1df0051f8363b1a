package io.gatehouse.platform.limits;

/** What this replica has under one key, as far as planning a statement goes. */
interface Account {

    long capacity();

    /** From now on there is another limit. */
    void limit(long capacity);

    Need need(long now);
}

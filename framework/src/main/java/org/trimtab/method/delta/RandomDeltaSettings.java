package org.trimtab.method.delta;

import org.trimtab.spec.Key;

/**
 * Settings of the random-delta control: a random vector as long as the one that another method
 * learned.
 *
 * @param like the key of that method; every further key replaces that method's
 */
public record RandomDeltaSettings(
    @Key("the key of the learned delta whose length the random one takes") String like) {}

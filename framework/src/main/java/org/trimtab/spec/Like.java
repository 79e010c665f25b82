package org.trimtab.spec;

/**
 * The only key of its own that a control has.
 *
 * @param like the key of a method; every further key replaces one of that method's
 */
record Like(
    @Key("the key of the method that this is a control of; further keys replace those of it")
        String like) {}

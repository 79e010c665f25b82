package org.trimtab.method.fusion;

import org.trimtab.spec.Key;

/**
 * Settings of the other-reference control: fusion with another question's reference vectors.
 *
 * @param like the key of that method; every further key replaces that method's
 */
public record OtherReferenceSettings(
    @Key("the key of the fusion whose references are another question's") String like) {}

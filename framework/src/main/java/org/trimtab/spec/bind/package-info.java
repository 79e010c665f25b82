/**
 * Records to YAML and back: reads and checks specs and settings, writes them with all defaults, and
 * describes them as a JSON schema. A record's components and their {@link org.trimtab.spec.Key}s
 * say everything that there is to know.
 */
@NullMarked
package org.trimtab.spec.bind;

import org.jspecify.annotations.NullMarked;

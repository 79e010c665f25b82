/** From a spec's file to its results on this machine: finds what it names, plans, runs, reports. */
@NullMarked
package org.trimtab.run.session;

import org.jspecify.annotations.NullMarked;

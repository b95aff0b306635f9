/**
 * Contract tests for authors of adapters, scripted fakes for tests of the loop, and a browser for tests of pages. Published as lion-core's {@code tests}
 * artifact; it needs JUnit Jupiter (with its parameterized tests) and AssertJ on the test class path, and nothing else
 * beside lion-core.
 *
 * <p>A contract is an abstract class of tests. Its one abstract method makes the adapter; further methods have defaults and
 * say what the adapter can do, so that what it cannot is skipped, visibly.
 */
@NullMarked
package dev.lion.testing;

import org.jspecify.annotations.NullMarked;

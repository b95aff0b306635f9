package dev.lion.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * The outcome of a contract on some adapter.
 *
 * @param failed the names of the tests that failed
 * @param skipped the names of those that were skipped
 */
record ContractRun(Set<String> failed, Set<String> skipped) {
    /** Every test passed. */
    static final ContractRun NOTHING_AMISS = new ContractRun(Set.of(), Set.of());

    /** Runs a whole contract. */
    static ContractRun of(Class<?> contract) {
        return run(selectClass(contract));
    }

    /** Runs the test of this name only. */
    static ContractRun of(Class<?> contract, String test) {
        return run(selectMethod(
                contract,
                tests(contract)
                        .filter(method -> method.getName().equals(test))
                        .findFirst()
                        .orElseThrow()));
    }

    private static ContractRun run(DiscoverySelector selector) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selector)
                .execute()
                .testEvents();
        return new ContractRun(methods(tests.failed()), methods(tests.aborted()));
    }

    private static Set<String> methods(Events tests) {
        return tests.stream()
                .map(Event::getTestDescriptor)
                .map(test -> ((MethodSource) test.getSource().orElseThrow()).getMethodName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of all tests of a contract. */
    static Set<String> testsOf(Class<?> contract) {
        return tests(contract).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Method> tests(Class<?> contract) {
        return Arrays.stream(contract.getMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class));
    }
}

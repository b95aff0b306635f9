package dev.lion.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Date;

/** The directions in which packages may depend on each other. */
@AnalyzeClasses(packages = "dev.lion", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule DATA_SEES_ONLY_ITSELF = onlySees("data", "data");

    @ArchTest
    static final ArchRule ROLE_SEES_DATA = onlySees("role", "role", "data");

    @ArchTest
    static final ArchRule NOVELTY_SEES_DATA = onlySees("novelty", "novelty", "data");

    @ArchTest
    static final ArchRule JUDGING_SEES_DATA = onlySees("judging", "judging", "data");

    @ArchTest
    static final ArchRule JURY_SEES_ROLE_AND_DATA = onlySees("jury", "jury", "role", "data");

    @ArchTest
    static final ArchRule RUN_SEES_DATA = onlySees("run", "run", "data");

    @ArchTest
    static final ArchRule STRATEGY_SEES_RUN_AND_DATA = onlySees("strategy", "strategy", "run", "data");

    @ArchTest
    static final ArchRule COST_SEES_RUN_AND_DATA = onlySees("cost", "cost", "run", "data");

    @ArchTest
    static final ArchRule EVALUATION_SEES_WHAT_IT_COMPARES_AND_KEEPS =
            onlySees("evaluation", "evaluation", "data", "role", "novelty", "run", "cost");

    @ArchTest
    static final ArchRule REPORT_SEES_RUN_AND_DATA =
            onlySees("report", "report", "run", "data").allowEmptyShould(true);

    @ArchTest
    static final ArchRule NOTHING_SEES_THE_LOOP = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lion.loop..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lion.loop..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.lion.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_ARE_CONCEPTS = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..helper..", "..manager..");

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_MODEL_LIBRARY =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("dev.langchain4j..", "ai.djl..");

    /** A clock that is set back or forward changes nothing: durations come from System.nanoTime, and no date is written. */
    @ArchTest
    static final ArchRule NOBODY_READS_THE_WALL_CLOCK = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethodWhere(target(name("now"))
                    .and(target(owner(resideInAPackage("java.time..").or(assignableTo(Clock.class))))))
            .orShould()
            .callConstructor(Date.class);

    private static ArchRule onlySees(String concept, String... seen) {
        String[] allowed = new String[seen.length + 6];
        for (int i = 0; i < seen.length; i++) {
            allowed[i] = "dev.lion." + seen[i] + "..";
        }
        String[] others = {
            "dev.lion", "java..", "org.jspecify..", "org.slf4j..", "com.fasterxml.jackson..", "com.google.common.."
        };
        System.arraycopy(others, 0, allowed, seen.length, others.length);
        return classes()
                .that()
                .resideInAPackage("dev.lion." + concept + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}

package dev.lion.teacher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.lion", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule TEACHER_KNOWS_NEITHER_DJL_NOR_THE_STUDENT = noClasses()
            .that()
            .resideInAPackage("dev.lion.teacher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "dev.lion.student..");

    @ArchTest
    static final ArchRule TEACHER_KNOWS_OF_LION_ONLY_VALUES_AND_ROLES = classes()
            .that()
            .resideInAPackage("dev.lion.teacher..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lion",
                    "dev.lion.cost",
                    "dev.lion.data",
                    "dev.lion.jury",
                    "dev.lion.novelty",
                    "dev.lion.role",
                    "dev.lion.teacher..",
                    "dev.langchain4j..",
                    "com.fasterxml.jackson..",
                    "org.slf4j",
                    "org.jspecify..",
                    "java..",
                    "javax.net.ssl");

    @ArchTest
    static final ArchRule TEACHER_NEEDS_NO_PROVIDER = noClasses()
            .that()
            .resideInAPackage("dev.lion.teacher..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.langchain4j.model.openai..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.lion.(**)").should().beFreeOfCycles();
}

package dev.lion.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the modules may know of each other and of the libraries; here, where all are on the class path. */
@AnalyzeClasses(packages = "dev.lion", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
    @ArchTest
    static final ArchRule ONLY_TEACHER_AND_THE_STUDENTS_CHAT_MODELS_KNOW_LANGCHAIN4J = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.lion.teacher..",
                    "dev.lion.student.chat..",
                    "dev.lion.student.cascade..",
                    "dev.lion.examples..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.langchain4j..");

    @ArchTest
    static final ArchRule ONLY_STUDENT_KNOWS_DJL = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lion.student..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule TEACHER_DOES_NOT_KNOW_STUDENT = noClasses()
            .that()
            .resideInAPackage("dev.lion.teacher..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lion.student..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule STUDENT_DOES_NOT_KNOW_TEACHER = noClasses()
            .that()
            .resideInAPackage("dev.lion.student..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lion.teacher..");

    @ArchTest
    static final ArchRule LIBRARIES_DO_NOT_KNOW_THE_EXAMPLES = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lion.examples..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lion.examples..");

    @ArchTest
    static final ArchRule PACKAGES_ARE_CONCEPTS = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..helper..", "..manager..");
}

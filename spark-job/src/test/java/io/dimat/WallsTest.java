package io.dimat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who in spark-job may know Spark, Hadoop and the learning engine, and who may end the process. */
@AnalyzeClasses(
    packages = {
      "io.dimat.central",
      "io.dimat.cli",
      "io.dimat.compare",
      "io.dimat.conf",
      "io.dimat.dl4j",
      "io.dimat.feed",
      "io.dimat.interchange",
      "io.dimat.job",
      "io.dimat.metrics",
      "io.dimat.report",
      "io.dimat.spark",
      "io.dimat.store"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
  private static final String SESSION = "io.dimat.job.Session";

  @ArchTest
  static final ArchRule onlyTheSparkPackageAndTheSessionKnowSpark =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.dimat.spark..", "io.dimat.central..")
          .and()
          .doNotHaveFullyQualifiedName(SESSION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule onlyTheStoreKnowsHadoop =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.dimat.store..")
          .and()
          .doNotHaveFullyQualifiedName(SESSION)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..");

  @ArchTest
  static final ArchRule onlyTheDl4jPackageKnowsTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.dimat.dl4j..", "io.dimat.central..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..", "onnx..");

  @ArchTest
  static final ArchRule onlyTheConfigurationKnowsItsLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.dimat.conf..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe..");

  @ArchTest
  static final ArchRule onlyTheMainClassEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.dimat.job.DimatJob")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule onlyTheMainClassKnowsTheConsole =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.dimat.job.DimatJob")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("commands print where they are told to");

  @ArchTest
  static final ArchRule oneLoggingInterface =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.apache.logging..", "org.apache.log4j..");

  @ArchTest
  static final ArchRule noGlobalRandomness =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
          .orShould()
          .callMethod(Math.class, "random")
          .because("every random choice comes from Seeds");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.dimat.(*)..").should().beFreeOfCycles();
}

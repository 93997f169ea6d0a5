package io.dimat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What data-prep must not know: it makes shards, whoever learns from them. */
@AnalyzeClasses(packages = "io.dimat", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
  @ArchTest
  static final ArchRule noKernelsOrEngineOrConfiguration =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.dimat.tensor..",
              "io.dimat.network..",
              "io.dimat.graph..",
              "io.dimat.align..",
              "io.dimat.learn..",
              "io.dimat.merge..",
              "io.dimat.protocol..",
              "io.dimat.algorithm..",
              "org.nd4j..",
              "org.deeplearning4j..",
              "org.bytedeco..",
              "com.typesafe..");

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
          .because("every random choice comes from the seed of the division or of the batch");

  @ArchTest
  static final ArchRule noUserFunctionsInThePartitioners =
      noClasses()
          .that()
          .resideInAPackage("io.dimat.partition..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark.api.java..", "org.apache.spark.sql.api.java..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("org\\.apache\\.spark\\.sql\\.expressions\\.UserDefined.*")
          .because("cuts are applied by DataFrame operations that run on a GPU");

  @ArchTest
  static final ArchRule noConsoleAndOneLoggingInterface =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.dimat.(*)..").should().beFreeOfCycles();
}

package io.dimat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** What merge-kernels must not know: everything in it can be explained and tested without Spark. */
@AnalyzeClasses(packages = "io.dimat", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
  @ArchTest
  static final ArchRule noEngineOrStorageOrConfiguration =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "org.apache.hadoop..",
              "scala..",
              "org.nd4j..",
              "org.deeplearning4j..",
              "org.bytedeco..",
              "com.typesafe..",
              "com.fasterxml..");

  @ArchTest
  static final ArchRule noClock =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Instant.class)
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("seconds come from the engine, through Recorder");

  @ArchTest
  static final ArchRule noFileSystem =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.nio.file..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.(File|RandomAccessFile).*");

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
          .orShould()
          .callMethod(StrictMath.class, "random")
          .because("every random choice comes from Seeds");

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

  @ArchTest
  static final ArchRule familiesOfMethodsHaveNoCycles =
      slices().matching("io.dimat.algorithm.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule methodsDoNotKnowTheirNames =
      noClasses()
          .that()
          .resideInAPackage("io.dimat.algorithm.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.dimat.algorithm")
          .because("the registry is the only place that knows all names");

  @ArchTest
  static final ArchRule networksAreDataOnly =
      noClasses()
          .that()
          .resideInAnyPackage("..tensor..", "..network..", "..graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..align..", "..learn..", "..protocol..", "..merge..", "..algorithm..");

  @ArchTest
  static final ArchRule learningKnowsNoProtocol =
      noClasses()
          .that()
          .resideInAnyPackage("..align..", "..learn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..protocol..", "..merge..", "..algorithm..");

  @ArchTest
  static final ArchRule theProtocolKnowsNoMethod =
      noClasses()
          .that()
          .resideInAPackage("..protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..merge..", "..algorithm..");
}

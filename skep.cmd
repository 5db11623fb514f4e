@echo off
rem Skep's launcher for Windows. Untried so far: it mirrors ./skep, which is tried on Linux.
rem No delayed expansion: it would eat the exclamation marks of what is posted.
setlocal disabledelayedexpansion
set "ROOT=%~dp0"
set "JAVA="

rem A JDK 25 or newer: SKEP_JAVA_HOME, JAVA_HOME, then the usual folders.
call :try_java "%SKEP_JAVA_HOME%"
call :try_java "%JAVA_HOME%"
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%ProgramFiles%\Microsoft\jdk-*" "%ProgramFiles%\Zulu\zulu-*" "%USERPROFILE%\.jdks\*") do call :try_java "%%~D"
if not defined JAVA (
  echo Skep needs a JDK 25 or newer and found none: install one ^(https://adoptium.net^) or name its folder in SKEP_JAVA_HOME. 1>&2
  exit /b 1
)

if "%~1"=="test" goto test
if "%~1"=="interop" (
  echo The real programs are met on Linux and macOS only so far: ./skep interop 1>&2
  exit /b 1
)
if "%~1"=="soak" (
  echo Long runs against real programs are for Linux and macOS only so far: ./skep soak 1>&2
  exit /b 1
)
if "%~1"=="simulate" (
  echo Made-up worlds are played on Linux and macOS only so far: ./skep simulate 1>&2
  exit /b 1
)
if "%~1"=="fuzz" (
  echo Made-up inputs are tried on Linux and macOS only so far: ./skep fuzz 1>&2
  exit /b 1
)
if "%~1"=="bench" (
  echo Benchmarks run on Linux and macOS only so far: ./skep bench 1>&2
  exit /b 1
)
if not exist "%ROOT%app\target\built" call :build || exit /b 1
if "%~1"=="" (
  "%JAVA%\bin\java" --enable-native-access=ALL-UNNAMED -XX:+UseG1GC -cp "%ROOT%app\target\lib\*" org.skep.app.Main help
  exit /b 2
)
"%JAVA%\bin\java" --enable-native-access=ALL-UNNAMED -XX:+UseG1GC -cp "%ROOT%app\target\lib\*" org.skep.app.Main %*
exit /b %ERRORLEVEL%

:test
call :find_maven || exit /b 1
set "JAVA_HOME=%JAVA%"
pushd "%ROOT%"
call mvn --batch-mode -T1C verify
set "CODE=%ERRORLEVEL%"
popd
echo Not run: real programs, the drill; this launcher itself is untried.
exit /b %CODE%

:build
call :find_maven || exit /b 1
rem Only the first build: after a change of sources delete app\target\built.
echo Building Skep (the first time: about 3 minutes; downloads about 115 MB). This launcher is untried: please tell us how it went. 1>&2
set "JAVA_HOME=%JAVA%"
pushd "%ROOT%"
call mvn --batch-mode -q -T1C -Dmaven.test.skip=true -Dspotless.check.skip=true -pl app -am package
set "CODE=%ERRORLEVEL%"
popd
if not "%CODE%"=="0" exit /b 1
echo built> "%ROOT%app\target\built"
exit /b 0

:find_maven
where mvn >nul 2>nul && exit /b 0
echo Building Skep needs Maven 3.8.7 or newer: install it (https://maven.apache.org). 1>&2
exit /b 1

:try_java
if defined JAVA exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
  for /f "tokens=1 delims=." %%M in ("%%~V") do if %%M GEQ 25 set "JAVA=%~1"
)
exit /b 0

; The installer for Windows. Compiled by `dev.py build`, which gives it:
;   VERSION VERSION4 (four numbers) SRC (the bundle) FILES (what to unpack) SIZES (its names and
;   sizes) CONTENTS (its folder) SIZE_KB ICON OUT, and if wanted: SIGN (a command that signs), FAST
;   (zlib), AMD64 (a 64-bit installer, for a Wine that has no 32-bit half).
;
; Words it takes: /S silent, /AllUsers or /CurrentUser (the default), /D=folder (the last word;
; what is installed already stays in its place).
; It ends with: 0 done, 1 cancelled, 2 a file could not be written, 3 not a 64-bit Windows 10 or
; newer, 4 /AllUsers without an administrator's rights, 5 the program is running, 6 what is installed
; is newer.
;
; It may be killed at any moment. Each build lies in a folder of its own, which its stockroom.exe
; knows by name; a new one is unpacked beside the old, and stockroom.exe replaced by a rename.
; Before that rename the old program works, after it the new; what is left over goes at the next run.
Unicode true
!ifdef AMD64
  Target amd64-unicode
!endif
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestSupportedOS all
ManifestDPIAware true
ManifestLongPathAware true
; A file that cannot be written ends it: nobody sees the question whether to go on without.
AllowSkipFiles off

!define APP "Stockroom"
!define PROGRAM "stockroom.exe"
!define CONSOLE "stockroom-console.exe"
!define UNINSTALLER "stockroom-uninstall.exe"
!define KEY "Software\${APP}"
; Never to be changed: by this name every later version finds what is installed.
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${APP}"
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallMode"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallDir"
!define MULTIUSER_INSTALLMODE_FUNCTION ChooseFolder
!include "MultiUser.nsh"
!include "MUI2.nsh"
!include "x64.nsh"
!include "WinVer.nsh"
!include "FileFunc.nsh"
!include "TextFunc.nsh"
!include "WordFunc.nsh"
!include "LogicLib.nsh"

Name "${APP}"
OutFile "${OUT}"
BrandingText "${APP} ${VERSION}"
VIProductVersion "${VERSION4}"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "CompanyName" "${APP}"
VIAddVersionKey "FileDescription" "${APP} Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "${APP}"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipIfThere
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION RunAsUser
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(DATA_STAYS)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

!include "texts.nsh"
!include "removal.nsh"
!include "place.nsh"
!include "switch.nsh"

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}
  SetRegView 64
  ; What MultiUser would only say in a box, which nobody sees who installs silently.
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      MessageBox MB_ICONSTOP "$(NOT_ADMIN)" /SD IDOK
      SetErrorLevel 4
      Abort
    ${EndIf}
  ${EndIf}
  ; MultiUser puts its own folder in the place of one given by /D; ChooseFolder takes that again.
  StrCpy $GivenFolder $INSTDIR
  !insertmacro MULTIUSER_INIT
FunctionEnd

Function un.onInit
  SetRegView 64
  StrCpy $R0 $INSTDIR
  !insertmacro MULTIUSER_UNINIT
  StrCpy $INSTDIR $R0
FunctionEnd

; By the user's own Explorer: this may run as administrator, and the program must not.
Function RunAsUser
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

Section "-Install"
  Call TakeOwnFolder
  Call StopIfNewerThere
  Call StopIfInUse
  Call DeleteHalfDone
  ; A file that is there with the time it should have was written whole; of the build that is in
  ; use nothing else is touched, and what an interrupted run left is written again.
  SetOverwrite ifdiff
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  SetOverwrite on
  File "/oname=${CONSOLE}.new" "${SRC}/${CONSOLE}"
  File "/oname=${PROGRAM}.new" "${SRC}/${PROGRAM}"
  ClearErrors
  WriteUninstaller "$INSTDIR\${UNINSTALLER}.new"
  ${If} ${Errors}
    StrCpy $R0 "$INSTDIR\${UNINSTALLER}.new"
    Call StopAsNotWritten
  ${EndIf}
  Call StopIfNotWhole
  Push "${UNINSTALLER}"
  Call Switch
  Push "${CONSOLE}"
  Call Switch
  Push "${PROGRAM}"
  Call Switch
  Push "${CONTENTS}"
  Call DeleteOtherBuilds
  Call DeleteEarlierUninstaller

  CreateShortCut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0
  WriteRegStr SHCTX "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "InstallMode" "$MultiUser.InstallMode"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${APP}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${APP}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" \
    '"$INSTDIR\${UNINSTALLER}" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" \
    '"$INSTDIR\${UNINSTALLER}" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  SetOutPath "$TEMP"
  Call un.StopIfInUse
  Delete "$SMPROGRAMS\${APP}.lnk"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${CONSOLE}"
  Call un.DeleteHalfDone
  Push ""
  Call un.DeleteOtherBuilds
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegKey SHCTX "${KEY}"
SectionEnd

; The installer for Windows. Compiled by `dev.py build`, which gives it:
;   VERSION VERSION4 (four numbers) SRC (the bundle) FILES (what to unpack) CONTENTS (its folder)
;   SIZE_KB ICON OUT, and if wanted: SIGN (a command that signs), FAST (zlib), AMD64 (a 64-bit
;   installer, for a Wine that has no 32-bit half).
;
; Words it takes: /S silent, /AllUsers or /CurrentUser (the default), /D=folder (the last word).
; It ends with: 0 done, 1 cancelled, 2 a file could not be written, 3 not a 64-bit Windows 10 or
; newer, 4 /AllUsers without an administrator's rights, 5 the program is running.
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

!define APP "Stockroom"
!define PROGRAM "stockroom.exe"
!define CONSOLE "stockroom-console.exe"
!define UNINSTALLER "uninstall.exe"
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
!include "MultiUser.nsh"
!include "MUI2.nsh"
!include "x64.nsh"
!include "WinVer.nsh"
!include "FileFunc.nsh"
!include "TextFunc.nsh"
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
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(DATA_STAYS)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString IN_USE ${LANG_ENGLISH} "${APP} is running, or its files may not be changed by you. \
  Close it, then choose Retry."
LangString IN_USE ${LANG_GERMAN} "${APP} läuft gerade, oder Sie dürfen seine Dateien nicht ändern. \
  Schließen Sie es, und wählen Sie dann Wiederholen."
LangString TOO_OLD ${LANG_ENGLISH} "${APP} needs a 64-bit Windows 10 or newer."
LangString TOO_OLD ${LANG_GERMAN} "${APP} benötigt Windows 10 oder neuer mit 64 Bit."
LangString NOT_ADMIN ${LANG_ENGLISH} "To install ${APP} for all users, you must be an administrator."
LangString NOT_ADMIN ${LANG_GERMAN} "Für alle Benutzer kann ${APP} nur ein Administrator installieren."
LangString DATA_STAYS ${LANG_ENGLISH} "${APP} will be removed. Databases, settings and logs stay \
  where they are."
LangString DATA_STAYS ${LANG_GERMAN} "${APP} wird entfernt. Datenbanken, Einstellungen und \
  Protokolle bleiben, wo sie sind."

; What the installer and the uninstaller both do; UN is "" or "un.".
!macro BOTH UN

Var Given${UN}Folder

; Ends with 5 while somebody runs the program: Windows lets nobody write to a program that runs.
Function ${UN}StopIfInUse
  again:
  StrCpy $R1 ""
  Push "${PROGRAM}"
  Call ${UN}TryToWrite
  Push "${CONSOLE}"
  Call ${UN}TryToWrite
  ${If} $R1 != ""
    MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "$(IN_USE)" /SD IDCANCEL IDRETRY again
    SetErrorLevel 5
    Abort
  ${EndIf}
FunctionEnd

; Puts the name of the file on the stack into $R1 if it is there and cannot be written to.
Function ${UN}TryToWrite
  Pop $R0
  ${If} ${FileExists} "$INSTDIR\$R0"
    ClearErrors
    FileOpen $R2 "$INSTDIR\$R0" a
    ${If} ${Errors}
      StrCpy $R1 $R0
    ${Else}
      FileClose $R2
    ${EndIf}
  ${EndIf}
FunctionEnd

; What a run that was killed left of the programs.
Function ${UN}DeleteHalfDone
  Delete "$INSTDIR\${PROGRAM}.new"
  Delete "$INSTDIR\${CONSOLE}.new"
  Delete "$INSTDIR\${UNINSTALLER}.new"
FunctionEnd

; Deletes all builds' folders but the one whose name is on the stack.
Function ${UN}DeleteOtherBuilds
  Pop $R5
  FindFirst $R6 $R7 "$INSTDIR\program-*"
  ${DoWhile} $R7 != ""
    ${If} $R7 != $R5
      Push $R7
      Call ${UN}DeleteBuild
    ${EndIf}
    FindNext $R6 $R7
  ${Loop}
  FindClose $R6
FunctionEnd

; Deletes what a build's own list names, and nothing else: files, then folders (ending in "\").
; The list goes last, so that whatever was interrupted can be taken up again.
Function ${UN}DeleteBuild
  Pop $R0
  ClearErrors
  FileOpen $R1 "$INSTDIR\$R0\files.txt" r
  ${IfNot} ${Errors}
    ${Do}
      FileReadUTF16LE $R1 $R2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${TrimNewLines} "$R2" $R2
      StrCpy $R3 $R2 1 -1
      ${If} $R2 == ""
        ${Continue}
      ${ElseIf} $R3 == "\"
        RMDir "$INSTDIR\$R0\$R2"
      ${Else}
        Delete "$INSTDIR\$R0\$R2"
      ${EndIf}
      ClearErrors
    ${Loop}
    FileClose $R1
    ; A file that could not be deleted keeps its folder, and the list for the next time.
    Push "$R0"
    Call ${UN}DeleteListIfAlone
  ${EndIf}
  RMDir "$INSTDIR\$R0"
FunctionEnd

Function ${UN}DeleteListIfAlone
  Pop $R0
  StrCpy $R4 0
  FindFirst $R1 $R2 "$INSTDIR\$R0\*"
  ${DoWhile} $R2 != ""
    ${If} $R2 != "."
    ${AndIf} $R2 != ".."
    ${AndIf} $R2 != "files.txt"
      StrCpy $R4 1
    ${EndIf}
    FindNext $R1 $R2
  ${Loop}
  FindClose $R1
  ${If} $R4 = 0
    Delete "$INSTDIR\$R0\files.txt"
  ${EndIf}
FunctionEnd

!macroend
!insertmacro BOTH ""
!insertmacro BOTH "un."

; Puts NAME.new in the place of the NAME on the stack: one step for the file system, so that there
; is always one of the two. A virus scanner may hold a new file for a moment.
Function Switch
  Pop $R0
  StrCpy $R1 0
  ${Do}
    System::Call 'kernel32::MoveFileExW(w "$INSTDIR\$R0.new", w "$INSTDIR\$R0", i 9) i.R2'
    ${If} $R2 <> 0
      Return
    ${EndIf}
    IntOp $R1 $R1 + 1
    Sleep 200
  ${LoopUntil} $R1 >= 15
  Call DeleteHalfDone
  SetErrorLevel 5
  Abort "$(IN_USE)"
FunctionEnd

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
  ; MultiUser would put its own folder in the place of one given by /D.
  StrCpy $GivenFolder $INSTDIR
  !insertmacro MULTIUSER_INIT
  ${If} $GivenFolder != ""
    StrCpy $INSTDIR $GivenFolder
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  StrCpy $Givenun.Folder $INSTDIR
  !insertmacro MULTIUSER_UNINIT
  StrCpy $INSTDIR $Givenun.Folder
FunctionEnd

Section "-Install"
  Call StopIfInUse
  Call DeleteHalfDone
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\${UNINSTALLER}.new"
  Push "${UNINSTALLER}"
  Call Switch

  ; A file that is there with the time it should have was written whole; of the build that is in
  ; use nothing else is touched, and what an interrupted run left is written again.
  SetOverwrite ifdiff
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  SetOverwrite on
  File "/oname=${CONSOLE}.new" "${SRC}/${CONSOLE}"
  File "/oname=${PROGRAM}.new" "${SRC}/${PROGRAM}"
  Push "${CONSOLE}"
  Call Switch
  Push "${PROGRAM}"
  Call Switch
  Push "${CONTENTS}"
  Call DeleteOtherBuilds

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

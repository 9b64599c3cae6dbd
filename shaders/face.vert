#version 330
// A mourner's face: moods are what is added to the calm one. Whose face it is and whose body
// carries it are two things.
//   head space     metres, the eye line is z = 0, the ears y = 0, the face looks along +y
#pragma include "lib/posed.glsl"
uniform sampler2D u_postures;  // a row a drape: waist | chest | neck | pose | three rows head -> person
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 nature;        // shade, behind the hairline, eyeball and lids, inside of the mouth
in vec3 grief;         // what a mood adds to a place, metres
in vec3 awe;
in vec3 blink;
in vec3 grief_normal;  // and to a normal
in vec3 awe_normal;
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_head;       // on the calm face, centimetres
out vec4 v_nature;
out float v_look;
out float v_front;      // how far the skin looks out of the hood, -1 to 1
flat out vec4 v_person;  // robe colour, phase
flat out vec4 v_face;    // linen, age, woman, beard
flat out vec3 v_across;  // the world's direction of the person's right hand
flat out vec4 v_eyes;    // rim of the upper lid in radians above level, gaze in head space
flat out float v_share;  // of this level
out float v_height;      // above the person's floor at rest, metres

void main() {
    vec2 pick = chosen();
    int who = int(pick.x + 0.5);
    Posed at = posed(who);
    vec4 mood = posed_texel(who, 7), size = posed_texel(who, 9);
    float weeping = mood.x, wonder = mood.y;
    int drape = int(size.a + 0.5);

    vec3 p = p3d_Vertex.xyz + grief * weeping + awe * wonder + blink * mood.z;
    vec3 n = p3d_Normal + grief_normal * weeping + awe_normal * wonder;
    // The lower lip and the chin tremble.
    vec2 lip = (p3d_Vertex.xz - vec2(0.0, -0.073)) / vec2(0.024, 0.014);
    float tremble = exp(-dot(lip, lip)) * mood.w;
    p.z += 0.0006 * tremble * sin(S_breath * 19.0 + at.stand.w * 2.0 * PI) * smoothstep(0.05, 0.08, p3d_Vertex.y);

    v_front = dot(normalize(n), vec3(0.0, 0.93, -0.36));
    p.xz *= size.xy;
    n.xz /= size.xy;
    vec4 row0 = texelFetch(u_postures, ivec2(4, drape), 0);
    vec4 row1 = texelFetch(u_postures, ivec2(5, drape), 0);
    vec4 row2 = texelFetch(u_postures, ivec2(6, drape), 0);
    vec3 waist = texelFetch(u_postures, ivec2(0, drape), 0).xyz;
    vec3 chest = texelFetch(u_postures, ivec2(1, drape), 0).xyz;
    vec3 throat = texelFetch(u_postures, ivec2(2, drape), 0).xyz;
    float neck = smoothstep(-0.235, -0.115, p3d_Vertex.z);
    p = vec3(dot(row0, vec4(p, 1.0)), dot(row1, vec4(p, 1.0)), dot(row2, vec4(p, 1.0)));
    n = vec3(dot(row0.xyz, n), dot(row1.xyz, n), dot(row2.xyz, n));
    v_rest = placed(p, at);
    v_height = p.z * at.body.z;
    bow(p, n, vec3(1.0, 1.0, neck), at, waist, chest, throat, vec3(0.0), vec3(0.0));

    v_point = placed(p, at);
    v_normal = turned(n, at);
    v_head = p3d_Vertex.xyz * 100.0;
    v_nature = vec4(mix(nature.x, min(0.15 + 1.2 * nature.x, 1.0), at.neck.w), nature.yzw);
    v_look = at.neck.w;
    v_person = vec4(posed_texel(who, 6).rgb, at.stand.w);
    v_face = posed_texel(who, 8);
    v_across = vec3(at.body.xy * at.body.w, 0.0);
    v_eyes = vec4(size.z, posed_texel(who, 10).xyz);
    v_share = pick.y;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
